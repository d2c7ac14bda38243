import type { Fault } from './fault.ts';
import { freezeFaults } from './freezes.ts';
import { guestFaults } from './guests.ts';
import { inputFaults } from './input.ts';
import { machineFaults } from './machine.ts';
import { poisonFaults } from './poison.ts';
import { processFaults } from './process.ts';
import { upgradeFaults } from './upgrade.ts';
import { upstreamFaults } from './upstream.ts';

export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...freezeFaults,
  ...poisonFaults,
  ...guestFaults,
  ...upgradeFaults,
  ...machineFaults,
  ...upstreamFaults,
  ...inputFaults,
];

/** How many cases of a fault belong to a run of this scale; one at least. */
export const casesAt = ({ cases }: Fault, scale: number): number => Math.max(1, Math.round(cases * scale));
