import { useId, useRef, type KeyboardEvent, type ReactElement } from 'react';
import styles from './parts.module.css';

interface TokenOption<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** Choices that are all in sight and toggled by one tap each. */
export function Tokens<T extends string>({ label, options, chosen, onChange, big = false }: {
  label: string;
  options: readonly TokenOption<T>[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  big?: boolean;
}): ReactElement {
  const toggle = (value: T): void => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <fieldset className={styles.bare}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.choices}>
        {options.map(({ value, label: text }) => (
          <button key={value} type="button" className={styles.token} data-big={big || undefined} aria-pressed={chosen.includes(value)} onClick={() => toggle(value)}>
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** One of a few, as a row of keys: arrows move, a letter or digit goes to the choice that begins with it. */
export function OneOf<T extends string>({ label, options, chosen, onChange, big = false, inPairs = false, hint }: {
  label: string;
  options: readonly TokenOption<T>[];
  chosen: T | null;
  onChange: (chosen: T) => void;
  big?: boolean;
  /** Two of the same width beside each other, for sentences. */
  inPairs?: boolean;
  hint?: string;
}): ReactElement {
  const name = useId();
  const row = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    const at = options.findIndex(({ label: text }) => text.toLowerCase().startsWith(event.key.toLowerCase()));
    const found = options[at];
    if (!found) return;
    event.preventDefault();
    onChange(found.value);
    row.current?.querySelectorAll('input')[at]?.focus();
  };
  return (
    <fieldset className={styles.bare} onKeyDown={press}>
      <legend className={styles.label}>{label}</legend>
      <div ref={row} className={styles.choices} data-in-pairs={inPairs || undefined}>
        {options.map(({ value, label: text }) => (
          <label key={value} className={styles.token} data-big={big || undefined}>
            <input type="radio" name={name} className="pd-hidden" checked={chosen === value} onChange={() => onChange(value)} />
            {text}
          </label>
        ))}
      </div>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </fieldset>
  );
}
