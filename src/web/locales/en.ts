// The words of the first page anybody opens, a peer's phone among them; the others are in en-desk.ts.
import peer from './en/peer.json';
import play from './en/play.json';
import request from './en/request.json';
import shell from './en/shell.json';
import words from './en/words.json';

export default { ...words, ...shell, ...request, ...peer, ...play };
