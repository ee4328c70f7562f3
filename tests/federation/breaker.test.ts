import { describe, expect, it } from '@jest/globals';
import { Breaker, RepeatBudget } from '../../gateway/execution/breaker.js';

const hungOnce = (breaker: Breaker, now: number) => breaker.end(breaker.admit(now), true, now);
const open = () => {
  const breaker = new Breaker();
  for (let n = 0; n < 5; n++) hungOnce(breaker, 0);
  return breaker;
};

describe('a subgraph that hangs', () => {
  it('is asked by one at a time, and after a trial in vain not for a second', () => {
    const breaker = open();
    expect([breaker.admit(1), breaker.admit(2)]).toEqual(['trial', 'refused']);
    breaker.end('trial', true, 10);
    expect([breaker.admit(1_009), breaker.admit(1_010), breaker.admit(1_011)]).toEqual(['refused', 'trial', 'refused']);
    breaker.end('trial', false, 1_020);
    expect([breaker.admit(1_021), breaker.isOpen]).toEqual(['asked', false]);
  });

  it('is tried by the next one when the trial was given up by its caller', () => {
    const breaker = open();
    expect(breaker.admit(1)).toBe('trial');
    breaker.end('trial', undefined, 2);
    expect([breaker.isOpen, breaker.admit(3)]).toEqual([true, 'trial']);
  });

  it('is not taken for hung while it answers others between', () => {
    const breaker = new Breaker();
    for (let n = 0; n < 20; n++) {
      hungOnce(breaker, n);
      if (n % 4 === 3) breaker.end(breaker.admit(n), false, n);
    }
    expect(breaker.isOpen).toBe(false);
  });

  it('stays tried by one when those who were asked before end in vain', () => {
    const breaker = open();
    expect(breaker.admit(1)).toBe('trial');
    breaker.end('asked', true, 2);
    expect(breaker.admit(3)).toBe('refused');
  });
});

it('of fetches, one in ten is sent again, and twenty that were saved up', () => {
  const budget = new RepeatBudget();
  const taken = (count: number) => Array.from({ length: count }, () => budget.take()).filter(Boolean).length;
  expect(taken(30)).toBe(20);
  for (let n = 0; n < 100; n++) budget.add();
  expect(taken(30)).toBe(10);
});
