// The words of the first page anybody opens, a peer's phone among them; the others are in es-desk.ts.
import peer from './es/peer.json';
import play from './es/play.json';
import request from './es/request.json';
import shell from './es/shell.json';
import words from './es/words.json';

export default { ...words, ...shell, ...request, ...peer, ...play };
