import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '../errors.js';

export const ACTION = 'pd:action';
export const PUBLIC = 'pd:public';
export const OPEN_IN_DEMO = 'pd:open-in-demo';
export const SUBJECT = 'pd:subject';
export const FOR_ENROLLING = 'pd:for-enrolling';
export const SHUT_AFTER_RESET = 'pd:shut-after-reset';
export const NEVER_REPLAYED = 'pd:never-replayed';

/** What the API description learns of a route from these decorators. */
export const X = { action: 'x-action', public: 'x-public', neverReplayed: 'x-never-replayed', refusals: 'x-refusals', versioned: 'x-versioned', shutAfterReset: 'x-shut-after-reset' } as const;

/** The action of `config/roles.json` a route carries out. A route with neither this nor `@Public()` fails the boot. */
export const Action = (name: string): MethodDecorator => applyDecorators(SetMetadata(ACTION, name), ApiExtension(X.action, name));

/** Anybody may call it, signed in or not. */
export const Public = (): MethodDecorator => applyDecorators(SetMetadata(PUBLIC, true), ApiExtension(X.public, true));

/** Asks for no sign-in while the deployment is a demo. */
export const OpenInDemo = (): MethodDecorator => SetMetadata(OPEN_IN_DEMO, true);

/** Open to who is signed in and has yet to set up the second factor their roles ask for. */
export const ForEnrolling = (): MethodDecorator => SetMetadata(FOR_ENROLLING, true);

/** Shut for a day after somebody else reset how the caller signs in: behind it lies what nobody but the person and the few they know of may see. */
export const ShutAfterReset = (): ClassDecorator & MethodDecorator => applyDecorators(SetMetadata(SHUT_AFTER_RESET, true), ApiExtension(X.shutAfterReset, true));

/** What the `:id` of the route names, or its parameters with slashes between them; who may not see it hears 404 before the body is looked at. */
export const Subject = (kind: string): MethodDecorator => SetMetadata(SUBJECT, kind);

/** No Idempotency-Key may keep the answer: it holds a secret that is shown once, or that there was one tells what nobody else may know. */
export const NeverReplayed = (): MethodDecorator => applyDecorators(SetMetadata(NEVER_REPLAYED, true), ApiExtension(X.neverReplayed, true));

/** Refusals particular to this route, for the API description; the usual ones are added by themselves. */
export const Refuses = (...codes: readonly ErrorCode[]): MethodDecorator => ApiExtension(X.refusals, [...codes]);

/** Takes `If-Match` though it is no PATCH: it replaces a whole list. */
export const Versioned = (): MethodDecorator => ApiExtension(X.versioned, true);
