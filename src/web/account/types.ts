import type { EnrolmentView, LinkView, MySecondFactorView, MySessionView } from '../../access/contract.js';

export type Enrolment = EnrolmentView;
export type OneTimeLink = LinkView;
export type MySecondFactor = MySecondFactorView;
export type MySession = MySessionView;
