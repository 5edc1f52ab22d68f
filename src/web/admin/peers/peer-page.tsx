import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { PeerRecordView } from '../../../peers/keeping.contract.js';
import { PeerCredentials } from '../../credentials/peer-credentials.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Shown } from '../../parts/shown.js';
import { Confirmed, PersonSearch, SaveBar, useChange, useFaults } from '../form-parts.js';
import { BackLink, PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { ProfileInputs, type ProfileFields } from './profile-fields.js';
import { Traits } from './traits.js';

export function PeerRecordPage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const asked = useQuery(adminQueries.peer(id));
  const version = asked.data?.version;
  const change = useChange<ProfileFields>((body) => ({ method: 'PATCH', path: `/peers/${id}`, body, version }));
  const status = useChange<'active' | 'inactive'>((wanted) => ({ method: 'PATCH', path: `/peers/${id}`, body: { status: wanted }, version }));
  return (
    <>
      <BackLink to="/admin/peers">{t('admin.nav.peers')}</BackLink>
      <Shown asked={asked}>
        {(peer) => {
          const active = peer.status === 'active';
          return (
            <>
              <PageHead title={peer.name} help={t(active ? 'admin.peers.recordHelp' : 'admin.peers.isInactive')} />
              <ProfileForm key={JSON.stringify(fieldsOf(peer))} start={fieldsOf(peer)} saving={change.isPending} fault={change.error} onSave={change.mutate} />
              <Traits peer={peer} />
              <section className={styles.section} aria-labelledby="credentials-title">
                <h2 id="credentials-title">{t('credentials.staff.title')}</h2>
                <p>{t('credentials.staff.help')}</p>
                <PeerCredentials personId={id} />
              </section>
              <section className={styles.section}>
                <h2>{t(active ? 'admin.peers.retire' : 'admin.peers.bringBack')}</h2>
                <p>{t(active ? 'admin.peers.retireHelp' : 'admin.peers.bringBackHelp')}</p>
                <Confirmed
                  label={t(active ? 'admin.peers.retire' : 'admin.peers.bringBack')} question={t(active ? 'admin.peers.retireQuestion' : 'admin.peers.bringBackQuestion', { name: peer.name })}
                  busy={status.isPending} onConfirm={() => status.mutate(active ? 'inactive' : 'active')}
                />
                <ProblemNote fault={status.error} />
              </section>
            </>
          );
        }}
      </Shown>
    </>
  );
}

function ProfileForm({ start, saving, fault, onSave }: { start: ProfileFields; saving: boolean; fault: unknown; onSave: (fields: ProfileFields) => void }): ReactElement {
  const [fields, setFields] = useState(start);
  const errorOf = useFaults(fault);
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); onSave(fields); }}>
      <ProfileInputs fields={fields} errorOf={errorOf} onChange={(part) => setFields((before) => ({ ...before, ...part }))} />
      <SaveBar saving={saving} fault={fault} disabled={fields.languages.length === 0 || fields.contactKinds.length === 0} />
    </form>
  );
}

const FRESH: ProfileFields = { languages: ['en'], contactKinds: ['phone', 'text'], areaId: null, engagement: 'volunteer', youthCleared: null };

export function NewPeerPage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [person, setPerson] = useState<{ id: string; name: string } | null>(null);
  const [fields, setFields] = useState(FRESH);
  const enrol = useChange<object, PeerRecordView>((body) => ({ path: '/peers', body }), ({ id }) => void navigate(`/admin/peers/${id}`));
  const errorOf = useFaults(enrol.error);
  return (
    <>
      <BackLink to="/admin/peers">{t('admin.nav.peers')}</BackLink>
      <PageHead title={t('admin.peers.new')} help={t('admin.peers.newHelp')} />
      <form className={styles.form} onSubmit={(event) => { event.preventDefault(); if (person) enrol.mutate({ personId: person.id, ...fields }); }}>
        {person ? <p><strong>{person.name}</strong></p> : null}
        <div>
          <PersonSearch label={t(person ? 'admin.peers.another' : 'admin.peers.who')} having="peer" without={person ? [person.id] : []} onPick={(id, name) => setPerson({ id, name })} />
          {errorOf('personId') !== undefined && <p role="alert">{errorOf('personId')}</p>}
        </div>
        <ProfileInputs fields={fields} errorOf={errorOf} onChange={(part) => setFields((before) => ({ ...before, ...part }))} />
        <SaveBar saving={enrol.isPending} fault={enrol.error} label={t('admin.peers.enrol')} disabled={!person || fields.languages.length === 0 || fields.contactKinds.length === 0} />
      </form>
    </>
  );
}

function fieldsOf({ languages, contactKinds, areaId, engagement, youthCleared }: PeerRecordView): ProfileFields {
  return { languages, contactKinds, areaId, engagement, youthCleared };
}
