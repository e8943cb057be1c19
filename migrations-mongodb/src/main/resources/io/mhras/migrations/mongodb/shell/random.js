// Random numbers and the clock come from the first run of a script: a rerun sends the same bytes.
(function (shell) {
  'use strict';

  const RealDate = Date;
  let { state, now } = JSON.parse(shell.host('replay', ''));

  // mulberry32
  Math.random = function random() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  // Each look at the clock is a millisecond later than the one before.
  const tick = () => now++;

  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [tick()] : args, newTarget),
    apply: () => new RealDate(tick()).toString(),
    get: (target, key) => (key === 'now' ? tick : target[key]),
  });
  RealDate.prototype.constructor = globalThis.Date;

  shell.passTime = (millis) => {
    now += millis;
  };
});
