import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PolicyView } from '../../../programmes/policy.contract.js';
import { Shown } from '../../parts/shown.js';
import { PageHead, Table } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { inEffect } from './versions-page.js';

/** Which version of each kind each programme goes by now. */
export function PoliciesPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('admin.nav.policies')} help={t('admin.policies.help')} />
      <Kind kind="dispatch" path="/admin/policies" />
      <Kind kind="care" path="/admin/policies/care" />
    </>
  );
}

function Kind({ kind, path }: { kind: PolicyView['kind']; path: string }): ReactElement {
  const { t } = useTranslation();
  const asked = useQuery(adminQueries.policiesInUse(kind));
  const defaults = useQuery(adminQueries.policies(null, kind));
  const current = defaults.data?.find(inEffect);
  const [whom, version, source] = [t('admin.policies.forWhom'), t('admin.policies.inUse'), t('admin.policies.source')];
  const title = t(`admin.policies.kind.${kind}`);
  return (
    <section className={styles.section} aria-labelledby={`policies-${kind}`}>
      <h2 id={`policies-${kind}`}>{title}</h2>
      <Shown asked={asked}>
        {(items) => (
          <Table label={title} columns={[whom, version, source]}>
            <tr>
              <td><Link to={`${path}/default`} aria-label={`${title}: ${t('admin.policies.everybody')}`}>{t('admin.policies.everybody')}</Link></td>
              <td data-column={version} className="pd-figures">{current?.number ?? '–'}</td>
              <td data-column={source}>{current && t(current.createdBy ? 'admin.policies.byAdmin' : 'admin.policies.byProduct')}</td>
            </tr>
            {items.map((use) => (
              <tr key={use.programmeId}>
                <td><Link to={`${path}/${use.programmeId}`} aria-label={`${title}: ${use.programmeName}`}>{use.programmeName}</Link></td>
                <td data-column={version} className="pd-figures">{use.number}</td>
                <td data-column={source}>{t(use.own ? 'admin.policies.own' : 'admin.policies.shared')}</td>
              </tr>
            ))}
          </Table>
        )}
      </Shown>
    </section>
  );
}
