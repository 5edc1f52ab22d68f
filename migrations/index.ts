import { FirstSchema1763769600000 } from './1763769600000-first-schema.js';
import { WholeDispatch1763773200000 } from './1763773200000-whole-dispatch.js';
import { Accounts1763776800000 } from './1763776800000-accounts.js';
import { NumbersAndHandOverNotes1763780460000 } from './1763780460000-numbers-and-hand-over-notes.js';
import { Administration1763787600000 } from './1763787600000-administration.js';
import { HeardAndTakenBack1763791260000 } from './1763791260000-heard-and-taken-back.js';
import { ChannelPreferences1763794920000 } from './1763794920000-channel-preferences.js';
import { CloseOutUndone1763798400000 } from './1763798400000-close-out-undone.js';
import { DemoEvening1763802000000 } from './1763802000000-demo-evening.js';
import { CarePolicy1763805650000 } from './1763805650000-care-policy.js';
import { WhatPeopleKeep1763805700000 } from './1763805700000-what-people-keep.js';
import { RelapsePolicy1763805750000 } from './1763805750000-relapse-policy.js';
import { WellnessCases1763805760000 } from './1763805760000-wellness-cases.js';
import { Supervision1763805800000 } from './1763805800000-supervision.js';
import { SupervisionTopics1763805801000 } from './1763805801000-supervision-topics.js';
import { Credentials1763805900000 } from './1763805900000-credentials.js';
import { NobodyTold1763806100000 } from './1763806100000-nobody-told.js';
import { PeopleCountedOnce1763806200000 } from './1763806200000-people-counted-once.js';
import { OwnLimitsKept1763806250000 } from './1763806250000-own-limits-kept.js';
import { PolicySeenTo1763806300000 } from './1763806300000-policy-seen-to.js';
import { AssignmentsOfLate1763806310000 } from './1763806310000-assignments-of-late.js';
import { ContactsHeardOf1763806400000 } from './1763806400000-contacts-heard-of.js';
import { SupplyOwed1763806410000 } from './1763806410000-supply-owed.js';
import { ToldHeardWaiting1763806420000 } from './1763806420000-told-heard-waiting.js';
import { StepsThatFail1763806430000 } from './1763806430000-steps-that-fail.js';
import { EarlyAttempts1763806440000 } from './1763806440000-early-attempts.js';
import { PoliciesReviewed1763806450000 } from './1763806450000-policies-reviewed.js';
import { StandbyHours1763806460000 } from './1763806460000-standby-hours.js';
import { OwnAwayKept1763806470000 } from './1763806470000-own-away-kept.js';
import { CliniciansOnCall1763806475000 } from './1763806475000-clinicians-on-call.js';
import { SecondWordInTime1763806480000 } from './1763806480000-second-word-in-time.js';
import { TimersCounted1763806495000 } from './1763806495000-timers-counted.js';
import { OffersPending1763806500000 } from './1763806500000-offers-pending.js';
import { LastSafetyChecks1763806501000 } from './1763806501000-last-safety-checks.js';
import { PushesTried1763806511000 } from './1763806511000-pushes-tried.js';
import { RemindersInTheirTime1763806512000 } from './1763806512000-reminders-in-their-time.js';
import { LinesSeen1763806513000 } from './1763806513000-lines-seen.js';
import { PoliciesAnnounced1763806521000 } from './1763806521000-policies-announced.js';
import { WarnedBeforeRestricted1763806522000 } from './1763806522000-warned-before-restricted.js';
import { DebriefsInTime1763806523000 } from './1763806523000-debriefs-in-time.js';
import { ReviewsOfLeads1763806524000 } from './1763806524000-reviews-of-leads.js';
import { PlannedAwayStandsAgain1763806531000 } from './1763806531000-planned-away-stands-again.js';
import { WhoConfirmed1763806532000 } from './1763806532000-who-confirmed.js';
import { AccountResets1763806541000 } from './1763806541000-account-resets.js';
import { PushesOfSessions1763806542000 } from './1763806542000-pushes-of-sessions.js';
import { FiguresByScope1763806551000 } from './1763806551000-figures-by-scope.js';
import { LooksAtTheMatch1763806552000 } from './1763806552000-looks-at-the-match.js';
import { MadeUnderAKey1763806561000 } from './1763806561000-made-under-a-key.js';
import { PeersWhoComeFree1763806575000 } from './1763806575000-peers-who-come-free.js';
import { CheckInsNobodyTold1763806576000 } from './1763806576000-check-ins-nobody-told.js';
import { DangerNotSpokenOf1763806577000 } from './1763806577000-danger-not-spoken-of.js';
import { GraveReasons1763806596000 } from './1763806596000-grave-reasons.js';
import { OffersOneWay1763806600000 } from './1763806600000-offers-one-way.js';
import { GroundsOfCritical1763806595000 } from './1763806595000-grounds-of-critical.js';
import { HalfAsked1763806590000 } from './1763806590000-half-asked.js';
import { ConcernsBesideACase1763806585000 } from './1763806585000-concerns-beside-a-case.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  FirstSchema1763769600000,
  WholeDispatch1763773200000,
  Accounts1763776800000,
  NumbersAndHandOverNotes1763780460000,
  Administration1763787600000,
  HeardAndTakenBack1763791260000,
  ChannelPreferences1763794920000,
  CloseOutUndone1763798400000,
  DemoEvening1763802000000,
  CarePolicy1763805650000,
  WhatPeopleKeep1763805700000,
  RelapsePolicy1763805750000,
  WellnessCases1763805760000,
  Supervision1763805800000,
  SupervisionTopics1763805801000,
  Credentials1763805900000,
  NobodyTold1763806100000,
  PeopleCountedOnce1763806200000,
  OwnLimitsKept1763806250000,
  PolicySeenTo1763806300000,
  AssignmentsOfLate1763806310000,
  ContactsHeardOf1763806400000,
  SupplyOwed1763806410000,
  ToldHeardWaiting1763806420000,
  StepsThatFail1763806430000,
  EarlyAttempts1763806440000,
  PoliciesReviewed1763806450000,
  StandbyHours1763806460000,
  OwnAwayKept1763806470000,
  CliniciansOnCall1763806475000,
  SecondWordInTime1763806480000,
  TimersCounted1763806495000,
  OffersPending1763806500000,
  LastSafetyChecks1763806501000,
  PushesTried1763806511000,
  RemindersInTheirTime1763806512000,
  LinesSeen1763806513000,
  PoliciesAnnounced1763806521000,
  WarnedBeforeRestricted1763806522000,
  DebriefsInTime1763806523000,
  ReviewsOfLeads1763806524000,
  PlannedAwayStandsAgain1763806531000,
  WhoConfirmed1763806532000,
  AccountResets1763806541000,
  PushesOfSessions1763806542000,
  FiguresByScope1763806551000,
  LooksAtTheMatch1763806552000,
  MadeUnderAKey1763806561000,
  PeersWhoComeFree1763806575000,
  CheckInsNobodyTold1763806576000,
  DangerNotSpokenOf1763806577000,
  HalfAsked1763806590000,
  ConcernsBesideACase1763806585000,
  GroundsOfCritical1763806595000,
  GraveReasons1763806596000,
  OffersOneWay1763806600000,
];
