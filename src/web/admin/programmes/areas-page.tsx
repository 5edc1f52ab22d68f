import { Button, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AreaView } from '../../../programmes/admin.contract.js';
import { SaveBar, useChange, useFaults } from '../form-parts.js';
import { Shown } from '../../parts/shown.js';
import { BackLink, Empty, PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';

export function AreasPage(): ReactElement {
  const { t } = useTranslation();
  const areas = useQuery(adminQueries.areas());
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <BackLink to="/admin/programmes">{t('admin.nav.programmes')}</BackLink>
      <PageHead title={t('admin.areas.title')} help={t('admin.areas.help')}>
        {open !== 'new' && <Button onClick={() => setOpen('new')}>{t('admin.areas.new')}</Button>}
      </PageHead>
      {open === 'new' && <AreaForm area={null} onClose={() => setOpen(null)} />}
      <Shown asked={areas}>
        {(items) => (
          <ul className={styles.rows}>
            {items.length === 0 && <Empty>{t('admin.areas.none')}</Empty>}
            {items.map((area) => (
              <li key={area.id} className={styles.row}>
                {open === area.id ? <AreaForm key={area.version} area={area} onClose={() => setOpen(null)} /> : (
                  <>
                    <span className={styles.rowName}>{area.name}<span>{t('admin.areas.counties', { count: area.countyFips.length })}: {area.counties.map(({ fips, name }) => (name === fips ? fips : `${name} (${fips})`)).join(' · ')}</span></span>
                    <Button size="compact-md" variant="subtle" aria-label={t('admin.changeOf', { name: area.name })} onClick={() => setOpen(area.id)}>{t('admin.change')}</Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </>
  );
}

function AreaForm({ area, onClose }: { area: AreaView | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState(area?.name ?? '');
  const [countyFips, setCountyFips] = useState(area?.countyFips ?? []);
  const save = useChange<{ name: string; countyFips: string[] }>(
    (body) => (area ? { method: 'PATCH', path: `/areas/${area.id}`, body, version: area.version } : { path: '/areas', body }), onClose,
  );
  const errorOf = useFaults(save.error);
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ name, countyFips }); }}>
      <TextInput label={t('admin.areas.name')} value={name} maxLength={80} required autoFocus error={errorOf('name')} onChange={(event) => setName(event.currentTarget.value)} />
      <TagsInput
        label={t('admin.areas.codes')} description={t('admin.areas.codesHelp')} value={countyFips} onChange={setCountyFips} error={errorOf('countyFips')} splitChars={[',', ' ', ';']}
        inputMode="numeric" acceptValueOnBlur
      />
      <SaveBar saving={save.isPending} fault={save.error}><Button variant="default" onClick={onClose}>{t('common.cancel')}</Button></SaveBar>
    </form>
  );
}
