import type { Role } from '../access/principal.js';
import type { Consent, Engagement, Trait } from '../peers/domain/peer.js';
import type { ContactKind } from '../programmes/domain/contact-kind.js';

/** The people of the demo. None of them exists; each name says so. */
interface DemoStaff {
  readonly mailbox: string;
  readonly name: string;
  readonly role: Exclude<Role, 'peer'>;
  readonly also?: readonly Role[];
}

export const STAFF: readonly DemoStaff[] = [
  { mailbox: 'admin', name: 'Dana (demo)', role: 'admin' },
  { mailbox: 'coordinator', name: 'Alex (demo)', role: 'coordinator' },
  { mailbox: 'supervisor', name: 'Kim (demo)', role: 'supervisor', also: ['supervisor-lead'] },
  { mailbox: 'supervisor2', name: 'Ruth (demo)', role: 'supervisor' },
  { mailbox: 'planner', name: 'Noel (demo)', role: 'planner' },
  { mailbox: 'privacy', name: 'Ingrid (demo)', role: 'privacy-officer' },
];
/** On the on-call list of both programmes. */
export const ON_CALL_MAILBOX = 'supervisor';
/** Who stands behind every peer, and who steps in for them. */
export const SUPERVISOR_MAILBOX = 'supervisor';
export const DEPUTY_MAILBOX = 'supervisor2';

export const AREAS = [
  { name: 'Lane County', countyFips: ['41039'] },
  { name: 'Linn County', countyFips: ['41043'] },
  { name: 'Benton County', countyFips: ['41003'] },
  { name: 'Douglas County', countyFips: ['41019'] },
  { name: 'Multnomah County', countyFips: ['41051'] },
  { name: 'Marion County', countyFips: ['41047'] },
  { name: 'Deschutes County', countyFips: ['41017'] },
  { name: 'Central Oregon coast', countyFips: ['41041', '41011'] },
] as const;
type AreaName = (typeof AREAS)[number]['name'];

export interface DemoPeer {
  readonly name: string;
  readonly languages: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  readonly gender: 'woman' | 'man' | 'nonbinary' | null;
  readonly area: AreaName;
  readonly youthCleared: boolean;
  readonly engagement: Engagement;
  readonly traits: readonly Trait[];
}

/** What somebody lived through or whom they know, and who may hear of it. */
function trait(kind: Trait['kind'], consent: Consent, ...codes: readonly string[]): Trait[] {
  return codes.map((code) => ({ kind, code, consent }));
}
const of = (...codes: readonly string[]): Trait[] => trait('population', 'may-be-told', ...codes);
const told = (...codes: readonly string[]): Trait[] => trait('experience', 'may-be-told', ...codes);
const matchOnly = (...codes: readonly string[]): Trait[] => trait('experience', 'match-only', ...codes);
const toSupervisor = (...codes: readonly string[]): Trait[] => trait('experience', 'supervisor', ...codes);
const able = (...codes: readonly string[]): Trait[] => trait('skill', 'may-be-told', ...codes);

const BY_PHONE_AND_TEXT = ['phone', 'text'] as const;
const ALSO_VIDEO = ['phone', 'text', 'video'] as const;
const ALSO_IN_PERSON = ['phone', 'text', 'in-person'] as const;
const EVERY_WAY = ['phone', 'text', 'video', 'in-person'] as const;

/** Peers 1 to 20 speak English and take phone and text; 21 to 24 speak other languages only. All have phone and text. */
export const PEERS: readonly DemoPeer[] = [
  { name: 'Jo M. (demo)', languages: ['en', 'es'], contactKinds: EVERY_WAY, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'full-time', traits: [...of('adult', 'parent'), ...told('mental-health', 'loss'), ...matchOnly('suicide-attempt'), ...able('grief-support')] },
  { name: 'Sam T. (demo)', languages: ['en'], contactKinds: EVERY_WAY, gender: 'man', area: 'Lane County', youthCleared: false, engagement: 'full-time', traits: [...of('adult', 'veteran'), ...told('substance-use', 'trauma'), ...matchOnly('justice'), ...able('harm-reduction')] },
  { name: 'Lee P. (demo)', languages: ['en', 'vi'], contactKinds: ALSO_VIDEO, gender: 'nonbinary', area: 'Lane County', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'youth', 'lgbtq'), ...told('mental-health', 'eating'), ...able('wellness-planning')] },
  { name: 'Ana R. (demo)', languages: ['en', 'es'], contactKinds: BY_PHONE_AND_TEXT, gender: 'woman', area: 'Linn County', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'parent'), ...told('family', 'trauma'), ...matchOnly('mental-health')] },
  { name: 'Ben K. (demo)', languages: ['en'], contactKinds: ALSO_IN_PERSON, gender: 'man', area: 'Lane County', youthCleared: false, engagement: 'stipend', traits: [...of('adult', 'older-adult'), ...told('homelessness', 'substance-use'), ...able('housing-navigation')] },
  { name: 'Cleo W. (demo)', languages: ['en', 'fr'], contactKinds: ALSO_VIDEO, gender: 'woman', area: 'Benton County', youthCleared: true, engagement: 'volunteer', traits: [...of('adult', 'youth'), ...told('mental-health', 'psychosis')] },
  { name: 'Dmitri V. (demo)', languages: ['en', 'ru', 'uk'], contactKinds: BY_PHONE_AND_TEXT, gender: 'man', area: 'Marion County', youthCleared: false, engagement: 'part-time', traits: [...of('adult', 'veteran'), ...told('trauma', 'loss'), ...toSupervisor('substance-use')] },
  { name: 'Esi A. (demo)', languages: ['en'], contactKinds: ALSO_IN_PERSON, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'full-time', traits: [...of('adult', 'parent', 'lgbtq'), ...told('mental-health', 'family'), ...matchOnly('eating'), ...able('wellness-planning')] },
  { name: 'Farah H. (demo)', languages: ['en', 'ar'], contactKinds: BY_PHONE_AND_TEXT, gender: 'woman', area: 'Multnomah County', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'parent'), ...told('loss', 'trauma')] },
  { name: 'Gus L. (demo)', languages: ['en'], contactKinds: EVERY_WAY, gender: 'man', area: 'Douglas County', youthCleared: false, engagement: 'ad-hoc', traits: [...of('adult', 'older-adult', 'veteran'), ...told('substance-use', 'suicide-attempt'), ...able('harm-reduction', 'benefits-navigation')] },
  { name: 'Hana C. (demo)', languages: ['en', 'ko'], contactKinds: ALSO_VIDEO, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'youth'), ...told('eating', 'mental-health')] },
  { name: 'Idris O. (demo)', languages: ['en', 'so', 'ar'], contactKinds: BY_PHONE_AND_TEXT, gender: 'man', area: 'Multnomah County', youthCleared: false, engagement: 'stipend', traits: [...of('adult'), ...told('family', 'trauma'), ...matchOnly('psychosis')] },
  { name: 'June S. (demo)', languages: ['en', 'asl'], contactKinds: EVERY_WAY, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'full-time', traits: [...of('adult', 'youth', 'parent'), ...told('mental-health', 'suicide-attempt'), ...able('grief-support', 'wellness-planning')] },
  { name: 'Kofi B. (demo)', languages: ['en', 'fr'], contactKinds: ALSO_IN_PERSON, gender: 'man', area: 'Linn County', youthCleared: false, engagement: 'volunteer', traits: [...of('adult'), ...told('justice', 'substance-use'), ...able('housing-navigation')] },
  { name: 'Luz G. (demo)', languages: ['en', 'es'], contactKinds: ALSO_VIDEO, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'older-adult'), ...told('loss', 'mental-health'), ...able('grief-support')] },
  { name: 'Mei Z. (demo)', languages: ['en', 'zh'], contactKinds: BY_PHONE_AND_TEXT, gender: 'woman', area: 'Benton County', youthCleared: true, engagement: 'ad-hoc', traits: [...of('adult', 'parent'), ...told('family', 'mental-health')] },
  { name: 'Nico F. (demo)', languages: ['en', 'es'], contactKinds: EVERY_WAY, gender: 'nonbinary', area: 'Lane County', youthCleared: true, engagement: 'full-time', traits: [...of('adult', 'youth', 'lgbtq'), ...told('homelessness', 'trauma'), ...matchOnly('suicide-attempt'), ...able('harm-reduction')] },
  { name: 'Orla D. (demo)', languages: ['en'], contactKinds: BY_PHONE_AND_TEXT, gender: 'woman', area: 'Deschutes County', youthCleared: false, engagement: 'volunteer', traits: [...of('adult', 'older-adult'), ...told('loss', 'psychosis'), ...able('disaster-support')] },
  { name: 'Pia N. (demo)', languages: ['en', 'tl'], contactKinds: ALSO_VIDEO, gender: null, area: 'Central Oregon coast', youthCleared: true, engagement: 'part-time', traits: [...of('adult', 'parent'), ...told('mental-health'), ...toSupervisor('trauma'), ...able('disaster-support')] },
  { name: 'Quin J. (demo)', languages: ['en'], contactKinds: ALSO_IN_PERSON, gender: 'man', area: 'Lane County', youthCleared: true, engagement: 'stipend', traits: [...of('adult', 'youth', 'lgbtq'), ...told('suicide-attempt', 'substance-use')] },
  { name: 'Rosa E. (demo)', languages: ['es'], contactKinds: ALSO_IN_PERSON, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'part-time', traits: [...of('youth', 'parent'), ...told('family', 'trauma')] },
  { name: 'Thanh Q. (demo)', languages: ['vi', 'zh'], contactKinds: BY_PHONE_AND_TEXT, gender: 'man', area: 'Marion County', youthCleared: false, engagement: 'volunteer', traits: [...of('adult', 'older-adult'), ...told('loss')] },
  { name: 'Uma Y. (demo)', languages: ['asl'], contactKinds: EVERY_WAY, gender: 'woman', area: 'Lane County', youthCleared: true, engagement: 'ad-hoc', traits: [...of('adult', 'lgbtq'), ...told('mental-health'), ...matchOnly('homelessness')] },
  { name: 'Vlad I. (demo)', languages: ['ru', 'uk'], contactKinds: EVERY_WAY, gender: 'man', area: 'Douglas County', youthCleared: false, engagement: 'part-time', traits: [...of('adult', 'veteran'), ...told('trauma', 'substance-use')] },
];

const CALL_THROUGH_THE_LINE =
  'Call through the programme line and give the number of the request: the desk connects you. Never call from your own telephone.';
const CALL_THROUGH_THE_LINE_ES =
  'Llame por la línea del programa y diga el número de la solicitud: la central le comunica. Nunca llame desde su propio teléfono.';

export const PROGRAMMES = ['Warmline', 'Mobile response'].map((name) => ({
  name,
  timeZone: 'America/Los_Angeles',
  callingInstruction: CALL_THROUGH_THE_LINE,
  callingInstructionEs: CALL_THROUGH_THE_LINE_ES,
  peersFirst: true,
  inPersonRule: 'with-team' as const,
}));
