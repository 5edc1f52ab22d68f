import fc from 'fast-check';
import { EventReader } from './event-stream.js';

const STREAM = ': hello\n\nid: 4\nevent: offer.made\ndata: {"id":"x"}\n\nid: 5\r\nevent: reset\r\ndata: {}\r\n\r\ndata: plain\n\n';
const EVENTS = [{ id: '4', type: 'offer.made' }, { id: '5', type: 'reset' }, { id: '5', type: 'message' }];

it('reads events in any cutting of the stream; comments are no events', () => {
  fc.assert(fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 8 }), (cuts) => {
    const reader = new EventReader();
    const edges = [0, ...cuts.sort((a, b) => a - b), STREAM.length];
    const read = edges.slice(1).flatMap((edge, index) => reader.push(STREAM.slice(edges[index], edge)));
    expect(read).toEqual(EVENTS);
  }));
});

it('does not hand out an event before its blank line', () => {
  expect(new EventReader().push('event: offer.made\ndata: {}\n')).toEqual([]);
});
