/** Something the person who starts the system can put right; its message is all they need to see. */
export class StartupFault extends Error {
  override readonly name: string = 'StartupFault';
}
