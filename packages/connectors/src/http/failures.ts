import {
  accessDenied, addressRefused, authFailed, conflict, invalidInput, notFound, rateLimited, timedOut, unsupported, upstreamFailed,
} from '@weft/connector-sdk/author';

/** What services answer by the meaning that HTTP gives to the status. The sentences hold for any service, and also where no connection is chosen. */
export const failures = [
  authFailed('401', 'The service wants credentials, or refused the ones it got. Choose a connection, or open it and enter them again.'),
  accessDenied('403'),
  notFound('404', 'There is nothing at this address. Check the address and the ids in it.'),
  notFound('410', 'It was there once and is gone for good. Check the address.'),
  conflict('409', 'It is there already, or has changed meanwhile. Look at it in the service.'),
  conflict('412', 'It has changed meanwhile. Read it again first.'),
  invalidInput('400,422'),
  invalidInput('413', 'The data is too large for the service. Send less at once.'),
  unsupported('405', 'This address does not take this method. Choose another method.'),
  unsupported('406', 'The service cannot answer in the format that was asked for. Check the Accept header.'),
  unsupported('415', 'The service does not take this kind of body. Check how the body is sent.'),
  unsupported('501', 'The service cannot do this.'),
  rateLimited('429'),
  timedOut('408,504'),
  upstreamFailed('425,5xx'),
  addressRefused(),
];
