import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnCareView } from '../../peers/own-choices.contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Tokens } from '../parts/tokens.js';
import { OwnPage } from '../peer/own-page.js';
import peer from '../peer/peer.module.css';
import styles from './credentials.module.css';
import { credentialQueries } from './queries.js';

/** Where a peer receives services themself: there they are asked for nobody, and nobody else learns of it. */
export function OwnCare(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(credentialQueries.ownCare());
  const [saved, setSaved] = useState<string | null>(null);
  if (!data) return <OwnPage title={t('credentials.ownCare.title')}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return <OwnCareForm key={data.programmeIds.join(' ')} care={data} saved={saved} onSaved={setSaved} />;
}

function OwnCareForm({ care, saved, onSaved }: { care: OwnCareView; saved: string | null; onSaved: (words: string | null) => void }): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>(care.programmeIds);
  const put = useAction<OwnCareView>(() => ({ method: 'PUT', path: '/me/own-care', body: { programmeIds: chosen } }), {
    done: (kept) => onSaved(t(kept.programmeIds.length === 0 ? 'credentials.ownCare.savedNone' : 'credentials.ownCare.saved')),
  });
  return (
    <OwnPage
      title={t('credentials.ownCare.title')}
      foot={(
        <>
          <ProblemNote fault={put.error} />
          <p role="status" className={peer.missing}>{saved}</p>
          <Button fullWidth h={56} fz={16} loading={put.isPending} onClick={() => put.mutate()}>{t('credentials.ownCare.save')}</Button>
        </>
      )}
    >
      <p>{t('credentials.ownCare.help')}</p>
      <p className={styles.who}>{t('credentials.ownCare.who')}</p>
      <div className={peer.fields}>
        <Tokens
          label={t('credentials.ownCare.programmes')} options={care.programmes.map(({ id, name }) => ({ value: id, label: name }))} chosen={chosen}
          onChange={(next) => { onSaved(null); setChosen(next); }}
        />
      </div>
      <p className={styles.quiet}>{t('credentials.ownCare.note')}</p>
    </OwnPage>
  );
}
