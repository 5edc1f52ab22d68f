import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFiguresView, CheckQuestionView } from '../../supervision/own-checks.contract.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

const KINDS = ['readiness', 'end-of-shift', 'proqol'] as const;
type Kind = (typeof KINDS)[number];

/** How many people answered what, by programme: never who, and nothing that could be worked out of anybody. */
export function CheckFiguresPage(): ReactElement {
  const { t } = useTranslation();
  useTitle(t('supervision.figures.title'), useMe());
  const { data: day, error } = useQuery(supervisionQueries.day());
  return (
    <div className={styles.page}>
      <h1>{t('supervision.figures.title')}</h1>
      <p>{t('supervision.figures.help')}</p>
      {!day && (error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {day?.cover.length === 0 && <p>{t('supervision.figures.noProgramme')}</p>}
      {day?.cover.map(({ programmeId, name }) => <Programme key={programmeId} id={programmeId} name={name} />)}
    </div>
  );
}

function Programme({ id, name }: { id: string; name: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.checkFigures(id));
  return (
    <section aria-labelledby={`figures-${id}`}>
      <h2 id={`figures-${id}`}>{name}</h2>
      {data ? <Figures figures={data} /> : error ? <ProblemNote fault={error} at="desk" /> : <p aria-busy="true">{t('page.loading')}</p>}
    </section>
  );
}

function Figures({ figures: { from, until, questions } }: { figures: CheckFiguresView }): ReactElement {
  const { t } = useTranslation();
  const day = (at: string, days = 0): string => new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(Date.parse(`${at}T00:00:00Z`) + days * 86_400_000));
  const answered = KINDS.filter((kind) => questions.some((each) => each.kind === kind && isShown(each)));
  return (
    <>
      <p className={styles.facts}>{t('supervision.figures.weeks', { from: day(from), until: day(until, -1) })}</p>
      {answered.map((kind) => <Questions key={kind} kind={kind} questions={questions.filter((each) => each.kind === kind)} />)}
      {answered.length < KINDS.length && <p>{answered.length === 0 ? t('supervision.figures.none') : t('supervision.figures.tooFew', { kinds: KINDS.filter((kind) => !answered.includes(kind)).map((kind) => t(`supervision.figures.kind.${kind}`)).join(', ') })}</p>}
    </>
  );
}

function Questions({ kind, questions }: { kind: Kind; questions: readonly CheckQuestionView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <h3 className={styles.kind}>{t(`supervision.figures.kind.${kind}`)}</h3>
      <ul className={styles.list}>
        {questions.map((each) => (
          <li key={each.question} className={styles.line}>
            <strong>{t(kind === 'proqol' ? `mySupervision.proqol.${each.question}` : `ownCheck.${each.question}`)}</strong>
            <span className={styles.facts}>{isShown(each) ? each.answers.map(({ answer, count }) => `${t(kind === 'proqol' ? `mySupervision.proqol.band.${answer}` : `ownCheck.answer.${answer}`)}: ${count ?? t('supervision.figures.hidden')}`).join(' · ') : t('supervision.figures.few')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function isShown({ answers }: CheckQuestionView): boolean {
  return answers.some(({ count }) => count !== null);
}
