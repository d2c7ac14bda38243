import type { ConnectorDescriptor } from '@weft/connector-sdk';

/** Whether flows call anything through a connector. Other triggers are called, or follow the clock, and a secret for them is only compared. */
export const isCalled = ({ operations }: Pick<ConnectorDescriptor, 'operations'>): boolean =>
  operations.some(({ trigger }) => trigger === undefined || trigger.strategy === 'polling');
