import { githubIssueToTicketList } from './github-issue-to-ticket-list.ts';
import { leadListCleanUp } from './lead-list-clean-up.ts';
import { orderToErp } from './order-to-erp.ts';
import type { Starter } from './starter.ts';

export { StarterUnavailable, type Starter, type StarterContext } from './starter.ts';

/** In the order in which an empty workspace offers them. */
export const starters: readonly Starter[] = [orderToErp, githubIssueToTicketList, leadListCleanUp];
