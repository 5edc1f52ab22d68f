import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelationView, SupervisedView, SupervisorToChooseView } from '../../supervision/relations.contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Shown } from '../parts/shown.js';
import { OneOf } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { dayAndTime } from './dates.js';
import { LiftCounts } from './lift-counts.js';
import { NeedsMe } from './needs-me.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

const KINDS = ['supervisor', 'deputy'] as const;

/** Who stands behind whom, for supervisor leads. Whoever has nobody comes first. */
export function AppointPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('supervision.appoint.title'), me);
  const relations = useQuery(supervisionQueries.relations());
  const { data: supervisors = [] } = useQuery(supervisionQueries.supervisors());
  const without = (person: SupervisedView): boolean => !person.relations.some(({ kind, serving }) => kind === 'supervisor' && serving);
  return (
    <div className={styles.page}>
      <h1>{t('supervision.appoint.title')}</h1>
      {/* Who supervises, too, has it on the page they come from. */}
      {!me.account.roles.includes('supervisor') && <NeedsMe />}
      <p>{t('supervision.appoint.help')}</p>
      <Shown asked={relations}>
        {(people) => (
          <>
            {people.length === 0 && <p>{t('supervision.appoint.none')}</p>}
            <ul className={styles.list}>
              {people.toSorted((a, b) => Number(without(b)) - Number(without(a))).map((person) => <Supervised key={person.personId} person={person} supervisors={supervisors} without={without(person)} />)}
            </ul>
          </>
        )}
      </Shown>
      <LiftCounts />
    </div>
  );
}

function Supervised({ person, supervisors, without }: { person: SupervisedView; supervisors: readonly SupervisorToChooseView[]; without: boolean }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.line}>
      <strong>{person.name}</strong>
      {!open && <Button variant="default" h={44} aria-label={t('supervision.appoint.changeOf', { name: person.name })} onClick={() => setOpen(true)}>{t('supervision.appoint.change')}</Button>}
      {without && <span className={`${styles.facts} ${styles.soon}`}>{t('supervision.appoint.without')}</span>}
      {person.relations.map((relation) => <Relation key={relation.id} relation={relation} />)}
      {open && <Appoint person={person} supervisors={supervisors} onDone={() => setOpen(false)} />}
    </li>
  );
}

function Relation({ relation: { id, kind, supervisorName, standing, serving, effectiveAt, endsAt } }: { relation: RelationView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ method: 'DELETE', path: `/supervision/relations/${id}` }));
  return (
    <span className={styles.facts}>
      {t(`supervision.appoint.${kind}`, { name: supervisorName })}
      {standing === 'waiting' && ` · ${t('supervision.appoint.from', { time: dayAndTime(effectiveAt) })}`}
      {endsAt !== null && ` · ${t('supervision.appoint.until', { time: dayAndTime(endsAt) })}`}
      {!serving && ` · ${t('supervision.appoint.notServing')}`}
      {standing === 'waiting' && <> <button type="button" className={styles.quiet} disabled={isPending} onClick={() => mutate()}>{t('supervision.appoint.withdraw')}</button></>}
      <ProblemNote fault={error} at="desk" />
    </span>
  );
}

function Appoint({ person, supervisors, onDone }: { person: SupervisedView; supervisors: readonly SupervisorToChooseView[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('supervisor');
  const [supervisorId, setSupervisor] = useState('');
  const { mutate, isPending, error } = useAction(() => ({ path: '/supervision/relations', body: { personId: person.personId, supervisorId, kind } }), { done: onDone });
  const choices = supervisors.filter(({ personId }) => personId !== person.personId).map(({ personId, name, peers }) => ({ value: personId, label: t('supervision.appoint.choice', { name, count: peers }) }));
  return (
    <div className={`${styles.facts} ${styles.form}`}>
      <OneOf label={t('supervision.appoint.as')} options={KINDS.map((value) => ({ value, label: t(`supervision.appoint.kind.${value}`) }))} chosen={kind} onChange={setKind} />
      <NativeSelect label={t('supervision.appoint.who')} data={[{ value: '', label: t('supervision.appoint.choose') }, ...choices]} value={supervisorId} onChange={(event) => setSupervisor(event.currentTarget.value)} />
      <p>{t('supervision.appoint.told')}</p>
      <ProblemNote fault={error} at="desk" />
      <div className={styles.acts}>
        <Button h={44} loading={isPending} disabled={supervisorId === ''} onClick={() => mutate()}>{t('supervision.appoint.appoint')}</Button>
        <Button h={44} variant="subtle" onClick={onDone}>{t('common.close')}</Button>
      </div>
    </div>
  );
}
