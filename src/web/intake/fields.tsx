import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, type FocusEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { CHANNELS, CONTACT_KINDS } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import { OneOf } from '../parts/tokens.js';
import { serverNow } from '../time/now.js';
import { AcuityChoice } from './acuity.js';
import { AreaField } from './area.js';
import { Danger } from './danger.js';
import { contactKindOf, isDanger, lacking, requesterKeyOf, suggestedAcuity, type Draft } from './draft.js';
import { takeFirstFound } from './first-found.js';
import styles from './intake.module.css';
import { NeedsField } from './needs.js';
import { PlannedField } from './planned.js';
import { Safety } from './safety.js';
import { SameRequesterNote, useSameRequester } from './same-requester.js';
import { finds } from './search.js';
import { WishFields } from './wishes.js';

/** What is typed replaces what is there, as in any field reached by Tab. */
function overwritten(event: FocusEvent<HTMLInputElement>): void {
  event.currentTarget.select();
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly fault: unknown;
  /** The form was to be sent and something is lacking: say so where it lacks. */
  readonly tried: boolean;
  readonly sending: boolean;
  readonly timeZone: string;
  readonly onSend: () => void;
}

type ErrorOf = (field: string) => string | undefined;

export function IntakeFields(props: FieldsProps): ReactElement {
  const { t } = useTranslation();
  const { draft, onChange, fault } = props;
  const suggestion = suggestedAcuity(draft.safety);
  const contact = useRef<HTMLElement>(null);
  const same = useSameRequester(requesterKeyOf(draft));
  const ownKey = draft.requesterKey.trim() !== '';
  const errorOf: ErrorOf = (field) => {
    const found = faultOf(fault, field);
    return found && t([`fieldFault.${found.code}`, `fieldFault.at-${field.replace('.', '-')}`, 'fieldFault.invalid']);
  };
  return (
    <>
      <section className={styles.part} aria-labelledby="intake-safety">
        <h3 id="intake-safety">{t('intake.safety')}</h3>
        <p className={styles.lead}>{t('intake.safetyHelp')} <span className={styles.keysHelp}>{t('intake.safetyKeys')}</span></p>
        <Safety answers={draft.safety} onChange={(safety) => onChange({ safety })} onAnswered={() => contact.current?.querySelector<HTMLElement>('input:checked')?.focus()} focusFirst />
        {isDanger(draft.safety) && <Danger onSend={props.onSend} sending={props.sending} />}
      </section>
      <section ref={contact} className={styles.part} aria-labelledby="intake-contact">
        <h3 id="intake-contact">{t('intake.contact')}</h3>
        <ContactFields {...props} errorOf={errorOf} />
      </section>
      <section className={styles.part} aria-labelledby="intake-sealed">
        <h3 id="intake-sealed">{t('intake.sealed')}</h3>
        <p className={styles.lead}>{t('intake.sealedHelp')}</p>
        <TextInput label={t('contact.callback')} inputMode="tel" maxLength={200} value={draft.callback} error={errorOf('callback')} autoComplete="off" onBlur={same.look} onChange={(event) => onChange({ callback: event.currentTarget.value })} />
        {!ownKey && <SameRequesterNote open={same.open} />}
        <Textarea label={t('contact.story')} rows={3} maxLength={20_000} value={draft.story} error={errorOf('story')} autoComplete="off" onChange={(event) => onChange({ story: event.currentTarget.value })} />
      </section>
      <section className={styles.part} aria-labelledby="intake-more">
        <h3 id="intake-more">{t('intake.more')}</h3>
        <MoreFields {...props} errorOf={errorOf} onKeyLeft={same.look} />
        {ownKey && <SameRequesterNote open={same.open} />}
      </section>
      <section className={styles.part} aria-labelledby="intake-acuity">
        <h3 id="intake-acuity">{t('intake.howSoon')}</h3>
        <AcuityChoice
          chosen={draft.acuity ?? suggestion.acuity}
          onChange={(acuity) => onChange({ acuity })}
          hint={draft.acuity === null ? t(`suggested.${suggestion.because}`) : t('suggested.own')}
        />
      </section>
    </>
  );
}

/** What the search goes by: kind, language, area, needs; each found by typing, each with a usual value. */
function ContactFields({ draft, onChange, errorOf }: FieldsProps & { errorOf: ErrorOf }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <>
      <OneOf label={t('intake.contactKind')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={contactKindOf(draft)} onChange={(contactKind) => onChange({ contactKind })} />
      <div className={styles.two}>
        <Select
          label={t('intake.language')} data={labels.options('languages')} value={draft.language} searchable allowDeselect={false} error={errorOf('language')}
          filter={({ options, search }) => options.filter((option) => 'value' in option && finds(search, labels.wordsOf('languages', String(option.value))))}
          nothingFoundMessage={t('common.nothingFound')} onChange={(language) => language !== null && onChange({ language })} selectFirstOptionOnChange onFocus={overwritten}
          onKeyDown={(event) => takeFirstFound(event, labels.options('languages'), (code) => labels.wordsOf('languages', code), (language) => onChange({ language }))}
        />
        <AreaField countyFips={draft.countyFips} onChange={(countyFips) => onChange({ countyFips })} error={errorOf('place.countyFips')} />
        <TextInput
          label={t('intake.zip')} inputMode="numeric" maxLength={5} value={draft.zip} error={errorOf('place.zip')} autoComplete="off"
          onChange={(event) => onChange({ zip: event.currentTarget.value })}
        />
      </div>
      <NeedsField chosen={draft.needs} onChange={(needs) => onChange({ needs })} error={errorOf('needs')} />
    </>
  );
}

/** What mostly is as it usually is. */
function MoreFields({ draft, onChange, tried, timeZone, errorOf, onKeyLeft }: FieldsProps & { errorOf: ErrorOf; onKeyLeft: () => void }): ReactElement {
  const { t } = useTranslation();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const lacks = lacking(draft, timeZone, serverNow());
  return (
    <>
      {programmes.length > 1 && (
        <OneOf label={t('board.programme')} options={programmes.map((each) => ({ value: each.id, label: each.name }))} chosen={draft.programmeId} onChange={(programmeId) => onChange({ programmeId })} />
      )}
      <OneOf label={t('intake.channel')} options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} chosen={draft.channel} onChange={(channel) => onChange({ channel })} />
      {draft.channel === 'planned' && (
        <PlannedField draft={draft} onChange={onChange} timeZone={timeZone} error={errorOf('notBefore') ?? (tried && lacks !== 'none' ? t(`fieldFault.${lacks}`) : undefined)} />
      )}
      <OneOf
        label={t('intake.forWhom')} options={[{ value: 'self', label: t('forWhom.self') }, { value: 'other', label: t('forWhom.other') }]}
        chosen={draft.forWhom} onChange={(forWhom) => onChange({ forWhom })}
      />
      <WishFields draft={draft} onChange={onChange} error={errorOf('preferences')} />
      <TextInput
        label={t('intake.requesterKey')} description={t('intake.requesterKeyHelp')} maxLength={200} value={draft.requesterKey} error={errorOf('requesterKey')} autoComplete="off"
        onBlur={onKeyLeft} onChange={(event) => onChange({ requesterKey: event.currentTarget.value })}
      />
      <Checkbox label={t('intake.needsClinician')} checked={draft.needsClinician} onChange={(event) => onChange({ needsClinician: event.currentTarget.checked })} />
    </>
  );
}
