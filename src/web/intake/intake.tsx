import { Button, Drawer, Kbd } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type MouseEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { ReceiveRequestDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRemembered } from '../parts/remembered.js';
import '../styles/desk.css';
import { serverNow } from '../time/now.js';
import { bodyOf, emptyDraft, lacking, type Draft } from './draft.js';
import { Escalated } from './escalated.js';
import { IntakeFields } from './fields.js';
import styles from './intake.module.css';

/** Taking a request in, over the board. Nothing that was typed is lost by a slip: a begun form closes only on purpose. */
export function Intake(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const { usual, unknown, remember } = useUsual();
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const [leaving, setLeaving] = useState(false);
  const [tried, setTried] = useState(0);
  const draft = { ...emptyDraft(usual.programmeId, usual.language), ...changes };
  const timeZone = usual.timeZoneOf(draft.programmeId);
  const begun = Object.keys(changes).length > 0;
  const { mutate, data: taken, error, isPending } = useAction<StaffRequestView, ReceiveRequestDto>((body) => ({ path: '/requests', body }), {
    done: (request) => {
      remember(request);
      if (request.escalation?.script) return;
      close();
      announce(request, (id) => void navigate(`/requests/${id}`));
    },
  });

  const close = (): void => void navigate('/board');
  const askToClose = (): void => (begun && !taken ? setLeaving(true) : close());
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    setTried((times) => times + 1);
    if (!isPending && draft.programmeId !== '' && lacking(draft, timeZone, serverNow()) === 'none') mutate(bodyOf(draft, timeZone));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      send();
    } else if (event.target instanceof HTMLInputElement) event.preventDefault(); // Meant for a token or by habit: it must not send half a request.
  };
  useEffect(() => {
    if (error ?? tried) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error, tried]);

  return (
    <Drawer
      opened onClose={askToClose} position="right" size={600} padding={0} title={t('intake.title')} closeOnClickOutside={!begun} returnFocus
      classNames={{ header: styles.head, title: styles.title, body: styles.body, content: styles.content }} closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {taken?.escalation?.script && <Escalated request={taken} escalation={taken.escalation} onDone={close} />}
      {/* Whoever is quicker than the programmes and the lists could neither choose nor send. */}
      {unknown && (unknown.fault ? <div className={styles.part}><ProblemNote fault={unknown.fault} at="desk" /></div> : <p className={`${styles.part} pd-dim`} aria-busy="true">{t('page.loading')}</p>)}
      {!taken?.escalation?.script && !unknown && (
        <form ref={form} noValidate onSubmit={send} onKeyDown={press} className={styles.form}>
          <IntakeFields draft={draft} onChange={(change) => setChanges((before) => ({ ...before, ...change }))} fault={error} tried={tried > 0} sending={isPending} timeZone={timeZone} onSend={send} />
          <footer className={styles.foot}>
            <ProblemNote fault={error} at="desk" />
            {leaving
              ? <Leave onStay={() => setLeaving(false)} onDiscard={close} />
              : (
                <div className={styles.footLine}>
                  <span className={`${styles.byKeys} pd-dim`}><Kbd size="xs">{t('keys.ctrl')}</Kbd> <Kbd size="xs">Enter</Kbd></span>
                  <Button variant="default" onClick={askToClose}>{t('common.cancel')}</Button>
                  <Button type="submit" loading={isPending} disabled={draft.programmeId === ''}>{t('intake.send')}</Button>
                </div>
              )}
          </footer>
        </form>
      )}
    </Drawer>
  );
}

interface Usual {
  readonly programmeId: string;
  readonly language: string;
  timeZoneOf(programmeId: string): string;
}

/** What it was last time is what it will be most likely; only the programme and the language are kept, never a word about a person. */
function useUsual(): { usual: Usual; unknown: { readonly fault: unknown } | null; remember: (request: Pick<StaffRequestView, 'programmeId' | 'language'>) => void } {
  const { data: programmes = [], isSuccess, error: fault } = useQuery(queries.programmes());
  const { data: catalogue, isPending: wordsToCome } = useQuery(queries.catalogue());
  const { isPending: areasToCome } = useQuery(queries.areas());
  const [last, rememberProgramme] = useRemembered('pd.intake.programme', '');
  const [spoken, rememberLanguage] = useRemembered('pd.intake.language', 'en');
  const language = catalogue?.languages.some(({ code }) => code === spoken) === false ? (catalogue.languages[0]?.code ?? 'en') : spoken;
  // The board keeps there what it is narrowed to (board/use-filter.ts).
  const shown = new URLSearchParams(sessionStorage.getItem('pd.board.filter') ?? '').get('programme');
  const programmeId = [shown, last].find((id) => programmes.some((each) => each.id === id)) ?? programmes[0]?.id ?? '';
  return {
    unknown: isSuccess && !wordsToCome && !areasToCome ? null : { fault },
    usual: { programmeId, language, timeZoneOf: (id) => programmes.find((each) => each.id === id)?.timeZone ?? 'UTC' },
    remember: (request) => {
      rememberProgramme(request.programmeId);
      rememberLanguage(request.language);
    },
  };
}

/** What became of it, and that it may be known already: a hint, never a merge. */
function announce(request: StaffRequestView, onOpen: (id: string) => void): void {
  notifications.show({ message: <Taken request={request} onOpen={onOpen} />, color: 'teal', autoClose: request.possibleDuplicateOf === null ? 5_000 : 20_000 });
}

function Taken({ request, onOpen }: { request: StaffRequestView; onOpen: (id: string) => void }): ReactElement {
  const { t } = useTranslation();
  const { possibleDuplicateOf: other } = request;
  // Shown outside the router, so it is told where to go.
  const follow = (event: MouseEvent): void => {
    event.preventDefault();
    if (other !== null) onOpen(other);
  };
  return (
    <>
      {t('request.number', { number: request.number })} · {t(takenKey(request))}{' '}
      {other !== null && <a href={`/requests/${other}`} onClick={follow}>{t('request.duplicate')}</a>}
    </>
  );
}

function takenKey({ state, escalation }: StaffRequestView): string {
  if (escalation) return 'intake.takenEscalated';
  return state === 'triaged' ? 'intake.takenPlanned' : 'intake.taken';
}

function Leave({ onStay, onDiscard }: { onStay: () => void; onDiscard: () => void }): ReactElement {
  const { t } = useTranslation();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className={styles.footLine} role="alertdialog" aria-label={t('intake.leave')}>
      <span>{t('intake.leave')}</span>
      <Button ref={stay} variant="default" onClick={onStay}>{t('intake.stay')}</Button>
      <Button color="red.7" onClick={onDiscard}>{t('intake.discard')}</Button>
    </div>
  );
}
