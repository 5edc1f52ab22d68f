import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueEntryView } from '../../../programmes/catalogue.contract.js';
import type { CatalogueKind } from '../../api/types.js';
import { SaveBar, useChange, useFaults } from '../form-parts.js';
import styles from '../page-parts.module.css';

const CLASSES = ['competency', 'training', 'certification', 'check'] as const;

/** Both languages are asked for: a word that is missing in one would be a hole on somebody's page. */
export function EntryForm({ kind, entry, onClose }: { kind: CatalogueKind; entry: CatalogueEntryView | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [label, setLabel] = useState(entry?.label ?? { en: '', es: '' });
  const [code, setCode] = useState('');
  const [credentialClass, setClass] = useState<string | null>(null);
  const [grave, setGrave] = useState(entry?.grave ?? false);
  const mark = kind === 'reasons' ? { grave } : {};
  const needsClass = !entry && kind === 'credentials';
  const save = useChange<object>(
    (body) => (entry ? { method: 'PATCH', path: `/catalogue/entries/${kind}/${entry.code}`, body, version: entry.version } : { path: '/catalogue/entries', body }), onClose,
  );
  const errorOf = useFaults(save.error);
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); save.mutate(entry ? { label, ...mark } : { kind, label, ...mark, ...(code !== '' && { code }), ...(needsClass && credentialClass !== null && { credentialClass }) }); }}>
      <TextInput label={t('admin.catalogue.en')} value={label.en} maxLength={80} required autoFocus lang="en" error={errorOf('label.en')} onChange={(event) => setLabel({ ...label, en: event.currentTarget.value })} />
      <TextInput label={t('admin.catalogue.es')} value={label.es} maxLength={80} required lang="es" error={errorOf('label.es')} onChange={(event) => setLabel({ ...label, es: event.currentTarget.value })} />
      {!entry && (
        <TextInput label={t('admin.catalogue.code')} description={t('admin.catalogue.codeHelp')} value={code} maxLength={40} error={errorOf('code')} onChange={(event) => setCode(event.currentTarget.value)} />
      )}
      {needsClass && (
        <NativeSelect
          label={t('admin.catalogue.class')} description={t('admin.catalogue.classHelp')} value={credentialClass ?? ''} required error={errorOf('credentialClass')}
          data={[{ value: '', label: '' }, ...CLASSES.map((value) => ({ value, label: t(`credentials.class.${value}`) }))]} onChange={(event) => setClass(event.currentTarget.value || null)}
        />
      )}
      {kind === 'reasons' && (
        <Checkbox label={t('admin.catalogue.grave')} description={t('admin.catalogue.graveHelp')} checked={grave} error={errorOf('grave')} onChange={(event) => setGrave(event.currentTarget.checked)} />
      )}
      <SaveBar saving={save.isPending} fault={save.error}>
        {entry && !entry.needed && (
          <Button variant="default" disabled={save.isPending} onClick={() => save.mutate({ active: !entry.active })}>{t(entry.active ? 'admin.catalogue.retire' : 'admin.catalogue.bringBack')}</Button>
        )}
        <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
      </SaveBar>
      {entry?.active === true && !entry.needed && <p className="pd-dim">{t('admin.catalogue.retireHelp')}</p>}
    </form>
  );
}
