import { Injectable } from '@nestjs/common';
import { ExclusionsService } from '../peers/exclusions.service.js';
import { CareTerms } from './care-terms.service.js';
import { FieldService } from './field.service.js';
import { OfferClosing } from './offer-closing.service.js';
import { SeatingService } from './seating.service.js';

/** What answering an offer sets in motion. */
@Injectable()
export class OfferParts {
  constructor(
    readonly closing: OfferClosing,
    readonly seating: SeatingService,
    readonly exclusions: ExclusionsService,
    readonly field: FieldService,
    readonly care: CareTerms,
  ) {}
}
