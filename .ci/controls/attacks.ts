import { doors } from './attacks/doors.ts';
import { edges } from './attacks/edges.ts';
import { foreignBytes } from './attacks/foreign-bytes.ts';
import { fullness } from './attacks/fullness.ts';
import { programsAndData } from './attacks/programs-and-data.ts';
import { waysOut } from './attacks/ways-out.ts';
import type { Attack } from './control.ts';

/** 1 to 26, then A1 to A31. */
const place = ({ id }: Attack): number => (id.startsWith('A') ? 100 + Number(id.slice(1)) : Number(id));

/** Everything that was tried, and what holds against it. */
export const attacks: readonly Attack[] = [...programsAndData, ...doors, ...waysOut, ...foreignBytes, ...fullness, ...edges].toSorted((a, b) => place(a) - place(b));
