import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import type { PolicyVersionView } from '../../../programmes/policy.contract.js';
import { queries } from '../../api/queries.js';
import { language } from '../../i18n.js';
import { Shown } from '../../parts/shown.js';
import { dateAndTime } from '../../time/format.js';
import { serverNow } from '../../time/now.js';
import { BackLink, Empty, PageHead, Table } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { Differences } from './differences.js';

/** Null is every programme without its own policy. */
export function useScope(): { kind: PolicyVersionView['kind']; programmeId: string | null; path: string; title: string; currentId: string | undefined; newestId: string | undefined } {
  const { t } = useTranslation();
  const { scope = 'default' } = useParams();
  const kind = useLocation().pathname.startsWith('/admin/policies/care/') ? 'care' : 'dispatch';
  const programmeId = scope === 'default' ? null : scope;
  const { data: programmes = [] } = useQuery(queries.programmes());
  const { data: uses = [] } = useQuery(adminQueries.policiesInUse(kind));
  const { data: defaults = [] } = useQuery(adminQueries.policies(null, kind));
  const { data: own } = useQuery({ ...adminQueries.policies(programmeId, kind), enabled: programmeId !== null });
  const currentId = programmeId === null ? defaults.find(inEffect)?.id : uses.find((use) => use.programmeId === programmeId)?.policyId;
  // What a change is made to: the newest, also when it is only planned.
  const newestId = programmeId === null ? defaults[0]?.id : own && (own[0]?.id ?? currentId);
  return {
    kind, programmeId, path: `/admin/policies/${kind === 'care' ? 'care/' : ''}${scope}`,
    title: programmeId === null ? t('admin.policies.everybody') : (programmes.find(({ id }) => id === programmeId)?.name ?? '–'),
    currentId, newestId,
  };
}

/** The first of a list, newest first, that is in effect is the one in use. */
export function inEffect({ effectiveFrom }: Pick<PolicyVersionView, 'effectiveFrom'>): boolean {
  return Date.parse(effectiveFrom) <= serverNow();
}

export function VersionsPage(): ReactElement {
  const { t } = useTranslation();
  const { kind, programmeId, path, title, currentId } = useScope();
  const asked = useQuery(adminQueries.policies(programmeId, kind));
  const { data: defaults = [] } = useQuery(adminQueries.policies(null, kind));
  return (
    <>
      <BackLink to="/admin/policies">{t('admin.nav.policies')}</BackLink>
      <PageHead title={title} help={t(kind === 'care' ? 'admin.policies.careHelp' : 'admin.policies.versionsHelp')}>
        <Button component={Link} to={`${path}/change`}>{t('admin.policies.change')}</Button>
      </PageHead>
      <Shown asked={asked}>
        {(items) => (
          <>
            {items.length === 0 ? <Empty>{t('admin.policies.noOwn')}</Empty> : <Versions items={items} currentId={currentId} />}
            <Compare key={items[0]?.id} versions={programmeId === null ? items : [...items, ...defaults]} />
          </>
        )}
      </Shown>
    </>
  );
}

function Versions({ items, currentId }: { items: readonly PolicyVersionView[]; currentId: string | undefined }): ReactElement {
  const { t } = useTranslation();
  const when = (time: string): string => dateAndTime(new Date(time), language());
  const [number, from, who] = [t('admin.policies.version'), t('admin.policies.since'), t('admin.policies.who')];
  return (
    <Table label={t('admin.policies.versions')} columns={[number, from, who]}>
      {items.map((version) => (
        <tr key={version.id}>
          <td><strong className="pd-figures">{t('admin.policies.numbered', { number: version.number })}</strong>{version.id === currentId && ` · ${t('admin.policies.nowInUse')}`}{!inEffect(version) && ` · ${t('admin.policies.planned')}`}</td>
          <td data-column={from}><time dateTime={version.effectiveFrom}>{when(version.effectiveFrom)}</time></td>
          <td data-column={who}>{version.createdBy?.name ?? t('admin.policies.byProduct')}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Any two versions side by side; begins with what the newest one changed. */
function Compare({ versions }: { versions: readonly PolicyVersionView[] }): ReactElement | null {
  const { t } = useTranslation();
  const [from, setFrom] = useState(versions[1]?.id);
  const [to, setTo] = useState(versions[0]?.id);
  const asked = useQuery({ ...adminQueries.policyDiff(from ?? '', to ?? ''), enabled: from !== undefined && to !== undefined });
  if (from === undefined || to === undefined) return null;
  const nameOf = ({ number, programmeId }: PolicyVersionView): string => t(programmeId === null ? 'admin.policies.numberedDefault' : 'admin.policies.numbered', { number });
  const pick = (label: string, value: string, onPick: (id: string) => void): ReactElement => (
    <label className={styles.picker}>
      {label}
      <select aria-label={label} value={value} onChange={(event) => onPick(event.currentTarget.value)}>{versions.map((version) => <option key={version.id} value={version.id}>{nameOf(version)}</option>)}</select>
    </label>
  );
  return (
    <section className={styles.section} aria-labelledby="compare-title">
      <h2 id="compare-title">{t('admin.policies.compare')}</h2>
      <div className={styles.filters}>
        {pick(t('admin.policies.from'), from, setFrom)}
        {pick(t('admin.policies.to'), to, setTo)}
      </div>
      <Shown asked={asked}>{({ changes }) => <Differences changes={changes} label={t('admin.policies.compare')} />}</Shown>
    </section>
  );
}
