import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { callingWords } from '../parts/calling.js';
import { useLabels } from '../parts/labels.js';
import { Script } from '../parts/script.js';
import { SealedContact } from '../parts/sealed-contact.js';
import { OneOf } from '../parts/tokens.js';
import { Urgency } from '../parts/urgency.js';
import { CloseOutForm } from './close-out.js';
import { Consult } from './consult.js';
import { SafetyCheck, StillWith } from './field.js';
import { Lifted } from './lifted.js';
import { Leaving, type Exit } from './leaving.js';
import { NextLine } from './next-line.js';
import { NextStep } from './next-step.js';
import styles from './peer.module.css';
import { Together } from './together.js';

/** Whom a peer is with. Several at once are chosen between; each is a page of its own. */
export function Assignments({ live }: { live: readonly MyAssignmentView[] }): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = live.find(({ id }) => id === chosen) ?? live[0];
  if (!shown) return <></>;
  const options = live.map(({ id, contactKind }, index) => ({ value: id, label: `${index + 1} · ${t(`contactKind.${contactKind}`)}` }));
  return (
    <>
      {live.length > 1 && <OneOf label={t('with.several', { count: live.length })} options={options} chosen={shown.id} onChange={setChosen} />}
      <Assignment key={shown.id} assignment={shown} />
    </>
  );
}

type View = { readonly kind: 'with' } | { readonly kind: 'closing'; readonly outcome: string | null } | { readonly kind: 'leaving'; readonly exit: Exit };

function Assignment({ assignment }: { assignment: MyAssignmentView }): ReactElement {
  const [view, setView] = useState<View>({ kind: 'with' });
  const back = (): void => setView({ kind: 'with' });
  if (view.kind === 'closing') return <CloseOutForm assignment={assignment} outcome={view.outcome} onBack={back} />;
  return (
    <>
      <About assignment={assignment} onLeave={view.kind === 'with' ? (exit) => setView({ kind: 'leaving', exit }) : null} />
      {view.kind === 'leaving'
        ? <Leaving assignment={assignment} exit={view.exit} onBack={back} />
        : <NextStep assignment={assignment} onClose={(outcome) => setView({ kind: 'closing', outcome })} />}
    </>
  );
}

function About({ assignment, onLeave }: { assignment: MyAssignmentView; onLeave: ((exit: Exit) => void) | null }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const about = [
    ...assignment.experience.map((code) => labels.of('experience', code)),
    ...assignment.populations.map((code) => labels.of('populations', code)),
  ].join(', ');
  return (
    <div className={styles.words}>
      <p className={styles.onDuty}><Urgency level={assignment.acuity} /></p>
      <h1>{t(`contactKind.${assignment.contactKind}`)}</h1>
      <p className={styles.facts}>{[labels.of('languages', assignment.language), assignment.area].filter(Boolean).join(' · ')}</p>
      {about !== '' && <p>{about}</p>}
      {assignment.seat !== 'lead' && <p>{t(`seat.${assignment.seat}`)}</p>}
      <Together rule={assignment.inPersonRule} />
      <Lifted gates={assignment.lifted} />
      <NextLine assignment={assignment} />
      <SafetyCheck assignment={assignment} />
      <StillWith assignment={assignment} />
      {assignment.script && (
        <section className={styles.instruction} aria-labelledby="script">
          <h2 id="script">{t('with.script')}</h2>
          <Script script={assignment.script} narrow />
        </section>
      )}
      <section className={styles.instruction} aria-labelledby="instruction">
        <h2 id="instruction">{t('peer.howToReach')}</h2>
        <p className="pd-figures"><strong>{t('with.number', { number: assignment.requestNumber })}</strong></p>
        <p>{callingWords(assignment)}</p>
      </section>
      {assignment.seat === 'lead' && <SealedContact requestId={assignment.requestId} size="lg" />}
      {assignment.seat === 'lead' && <Consult assignment={assignment} />}
      {onLeave && <Exits assignment={assignment} onLeave={onLeave} />}
    </div>
  );
}

/** The ways out, each as easy as the other, none of them held against anybody. */
function Exits({ assignment, onLeave }: { assignment: MyAssignmentView; onLeave: (exit: Exit) => void }): ReactElement {
  const { t } = useTranslation();
  const handingOver = assignment.state === 'handing-over';
  const exits: readonly Exit[] = handingOver ? ['beyond-scope'] : ['must-go', 'hand-back', 'known-person', 'beyond-scope'];
  return (
    <ul className={styles.exits} aria-label={t('leaving.title')}>
      {exits.map((exit) => <li key={exit}><button type="button" className={styles.exit} onClick={() => onLeave(exit)}>{t(`leaving.${exit}`)}</button></li>)}
    </ul>
  );
}
