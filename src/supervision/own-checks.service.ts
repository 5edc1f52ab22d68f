import { Injectable } from '@nestjs/common';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import { AccessService } from '../access/access.service.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { bandOf, blockOf, CHECK_ANSWERS, lastBlock, PROQOL_BANDS, shown, type CheckAnswer, type CheckKind, type ProqolScores } from './domain/own-check.js';
import type { CheckFiguresView, CheckQuestionView, OwnChecksView, ProqolView } from './own-checks.contract.js';
import { ANSWERS, OwnChecksStore, type OwnCheckKind, type TallyRow } from './own-checks.store.js';

type Answers = { readonly energy: CheckAnswer; readonly mood: CheckAnswer };

/**
 * How somebody is before and after a shift, as they say it to themselves. No event, no audit, no notice: nobody learns that
 * there was one, and nobody but the person opens it. What is counted holds no person and is shown by
 * four weeks.
 */
@Injectable()
export class OwnChecksService {
  constructor(
    private readonly store: OwnChecksStore,
    private readonly sealed: SealedTexts,
    private readonly programmes: ProgrammesService,
    private readonly access: AccessService,
    private readonly ground: Ground,
  ) {}

  async check(me: AccountPrincipal, { kind, energy, mood }: Answers & { readonly kind: CheckKind }): Promise<void> {
    await this.keep(me, kind, { energy, mood }, { energy, mood });
  }

  async proqol(me: AccountPrincipal, { compassionSatisfaction, burnout, secondaryTrauma }: ProqolScores): Promise<void> {
    const scores: ProqolScores = { compassionSatisfaction, burnout, secondaryTrauma };
    const bands = Object.fromEntries(Object.entries(scores).map(([scale, score]) => [scale, bandOf(score as number)]));
    await this.keep(me, 'proqol', scores, bands);
  }

  mine(me: AccountPrincipal): Promise<OwnChecksView> {
    return this.ground.db.read(async (tx) => {
      const view: OwnChecksView = { checks: [], proqol: [] };
      for (const { id, kind, at } of await this.store.ofPerson(tx, me.personId)) {
        const text = await this.sealed.open(tx, { ...ANSWERS, rowId: id });
        if (!text) continue;
        if (kind === 'proqol') view.proqol.push({ id, at: at.toISOString(), ...scoresOf(JSON.parse(text.open()) as ProqolScores) });
        else view.checks.push({ id, kind, at: at.toISOString(), ...(JSON.parse(text.open()) as Answers) });
      }
      return view;
    });
  }

  /** The rows go, and the keys of what they held. What was counted was never theirs to find again. */
  async forget(me: AccountPrincipal): Promise<void> {
    await this.ground.db.withTx(async (tx) => this.sealed.forget(tx, ANSWERS, await this.store.forgetAll(tx, me.personId)));
  }

  /** The last four-week block of a programme that is over; people, each counted once. Errors: 404. */
  figures(who: Principal, programmeId: string): Promise<CheckFiguresView> {
    return this.ground.db.read(async (tx) => {
      const mine = await this.programmes.reach(tx, who, 'check.figures');
      if (!this.access.includes(who, 'check.figures') || !mine.some(({ id }) => id === programmeId)) throw new DomainError('not-found');
      const block = lastBlock(this.ground.clock.now());
      return { ...block, questions: questionsOf(await this.store.tally(tx, programmeId, block.from)) };
    });
  }

  private async keep(me: AccountPrincipal, kind: OwnCheckKind, answers: object, counted: Readonly<Record<string, string>>): Promise<void> {
    await this.ground.db.withTx(async (tx: Tx) => {
      const [id, at] = [this.ground.ids.next(), this.ground.clock.now()];
      await this.store.insert(tx, { id, personId: me.personId, kind, at });
      await this.sealed.put(tx, at, { ...ANSWERS, rowId: id }, new Sealed(JSON.stringify(answers)));
      const block = blockOf(at);
      if (!(await this.store.isFirst(tx, me.personId, kind, block))) return;
      const programmeIds = await this.programmes.programmesOf(tx, me.personId);
      for (const [question, answer] of Object.entries(counted)) await this.store.count(tx, programmeIds, block, kind, question, answer);
    });
  }
}

function scoresOf(scores: ProqolScores): Omit<ProqolView, 'id' | 'at'> {
  const view = (score: number) => ({ score, band: bandOf(score) });
  return { compassionSatisfaction: view(scores.compassionSatisfaction), burnout: view(scores.burnout), secondaryTrauma: view(scores.secondaryTrauma) };
}

const QUESTIONS: readonly { readonly kind: OwnCheckKind; readonly questions: readonly string[]; readonly answers: readonly string[] }[] = [
  { kind: 'readiness', questions: ['energy', 'mood'], answers: CHECK_ANSWERS },
  { kind: 'end-of-shift', questions: ['energy', 'mood'], answers: CHECK_ANSWERS },
  { kind: 'proqol', questions: ['compassionSatisfaction', 'burnout', 'secondaryTrauma'], answers: PROQOL_BANDS },
];

/** Every question is there, whether anybody answered it or not. */
function questionsOf(rows: readonly TallyRow[]): CheckQuestionView[] {
  return QUESTIONS.flatMap(({ kind, questions, answers }) => questions.map((question) => {
    const countOf = (answer: string): number => rows.find((row) => row.kind === kind && row.question === question && row.answer === answer)?.count ?? 0;
    const cells = shown(Object.fromEntries(answers.map((answer) => [answer, countOf(answer)])));
    return { kind, question, answers: answers.map((answer) => ({ answer, count: cells[answer] ?? null })) };
  }));
}
