import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../parts/icons.js';
import { useLabels } from '../../parts/labels.js';
import { Shown } from '../../parts/shown.js';
import { Empty, PageHead, Table } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';

export function PeersPage(): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<'active' | 'inactive'>('active');
  const asked = useQuery(adminQueries.peers(search, status));
  const [name, languages, kinds, area] = [t('admin.peers.name'), t('admin.peers.languages'), t('admin.peers.kinds'), t('admin.peers.area')];
  return (
    <>
      <PageHead title={t('admin.nav.peers')} help={t('admin.peers.help')}>
        <Button component={Link} to="/admin/peers/new" leftSection={<Icon name="plus" />}>{t('admin.peers.new')}</Button>
      </PageHead>
      <div className={styles.filters}>
        <TextInput label={t('admin.peers.search')} value={search} maxLength={80} type="search" onChange={(event) => setSearch(event.currentTarget.value)} />
        <label className={styles.picker}>
          {t('admin.peers.status')}
          <select aria-label={t('admin.peers.status')} value={status} onChange={(event) => setStatus(event.currentTarget.value === 'inactive' ? 'inactive' : 'active')}>
            <option value="active">{t('admin.peers.statusOf.active')}</option>
            <option value="inactive">{t('admin.peers.statusOf.inactive')}</option>
          </select>
        </label>
      </div>
      <Shown asked={asked}>
        {({ items, nextCursor }) => (items.length === 0 ? <Empty>{t(search.trim() === '' ? 'admin.peers.none' : 'common.nothingFound')}</Empty> : (
          <>
            <Table label={t('admin.nav.peers')} columns={[name, languages, kinds, area]}>
              {items.map((peer) => (
                <tr key={peer.id}>
                  <td><Link to={`/admin/peers/${peer.id}`}>{peer.name}</Link></td>
                  <td data-column={languages}>{peer.languages.map((code) => labels.of('languages', code)).join(', ')}</td>
                  <td data-column={kinds}>{peer.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ')}</td>
                  <td data-column={area}>{peer.area ?? t('admin.peers.noArea')}</td>
                </tr>
              ))}
            </Table>
            {nextCursor !== null && <p className="pd-dim">{t('admin.peers.more', { count: items.length })}</p>}
          </>
        ))}
      </Shown>
    </>
  );
}
