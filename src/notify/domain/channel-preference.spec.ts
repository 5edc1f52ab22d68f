import { CHANNEL_KINDS, inOrder, preferenceFaults } from './channel-preference.js';

it('keeps the order somebody said, and puts what they left out behind it', () => {
  expect(inOrder([])).toEqual(CHANNEL_KINDS.map((kind) => ({ kind, delaySeconds: 0 })));
  expect(inOrder([{ kind: 'web-push', delaySeconds: 5 }])).toEqual([{ kind: 'web-push', delaySeconds: 5 }, { kind: 'in-app', delaySeconds: 0 }]);
});

it.each([
  ['a kind twice', [{ kind: 'web-push', delaySeconds: 1 }, { kind: 'web-push', delaySeconds: 2 }], 'channels.1.kind'],
  ['an app that waits', [{ kind: 'in-app', delaySeconds: 1 }], 'channels.0.delaySeconds'],
] as const)('finds fault with %s', (_, preferences, field) => {
  expect(preferenceFaults(preferences)).toMatchObject([{ field }]);
});
