import { registerDecorator, type ValidationOptions } from 'class-validator';
import { isDay, isMoment, isPlainText } from './text.js';

/** RFC 3339 date and time with an offset, a day that exists, years 2000 to 2100. */
export function IsMoment(options?: ValidationOptions): PropertyDecorator {
  return rule('isMoment', isMoment, '$property must be a date and time with an offset, in the years 2000 to 2100', options);
}

/** A day that exists, `YYYY-MM-DD`, years 2000 to 2100. */
export function IsDay(options?: ValidationOptions): PropertyDecorator {
  return rule('isDay', isDay, '$property must be a day as YYYY-MM-DD, in the years 2000 to 2100', options);
}

/** Text people can read: no control characters but line break and tab, no half characters. */
export function IsPlainText(options?: ValidationOptions): PropertyDecorator {
  return rule('isPlainText', isPlainText, '$property must be text without control characters', options);
}

function rule(name: string, validate: (value: unknown) => boolean, message: string, options?: ValidationOptions): PropertyDecorator {
  return (target, property) =>
    registerDecorator({
      name, target: target.constructor, propertyName: String(property), options: { message, ...options }, validator: { validate },
    });
}
