/** What the demo seed tells about the accounts one may sign in with. */
export interface DemoSignIns {
  readonly created: boolean;
  readonly signIns: readonly { readonly email: string; readonly role: string }[];
  /** Only when it was made up just now; it is kept nowhere. */
  readonly password?: string;
}

/** The sign-ins for the screen, one line a role: 24 peers would push everything else off it. */
export function signInLines(demo: DemoSignIns, passwordChosen: boolean): string[] {
  if (demo.signIns.length === 0) return [];
  const byRole = new Map<string, string[]>();
  for (const { role, email } of demo.signIns) byRole.set(role, [...(byRole.get(role) ?? []), email]);
  const width = Math.max(...[...byRole.keys()].map((role) => role.length));
  return [
    'Demo: sign in as',
    ...[...byRole].map(([role, emails]) => `  ${role.padEnd(width)}  ${shortened(emails)}`),
    `  ${'password'.padEnd(width)}  ${passwordText(demo, passwordChosen)}`,
  ];
}

function shortened(emails: readonly string[]): string {
  return emails.length > 3 ? `${emails[0]} … ${emails.at(-1)}` : emails.join(', ');
}

function passwordText(demo: DemoSignIns, passwordChosen: boolean): string {
  if (demo.password !== undefined) return `${demo.password}   (printed once, at the first start)`;
  if (demo.created && passwordChosen) return 'the one in DEMO_PASSWORD';
  return 'as set or printed at the first start';
}
