import { defineConnector, errorForAnswer } from '@weft/connector-sdk/author';
import { auth, connectionConfig, testAddress } from './connection.ts';
import { icon } from './icon.ts';
import { newItems } from './new-items.ts';
import { records } from './records.ts';
import { request } from './request.ts';
import { sendRecords } from './send-records.ts';

export default defineConnector({
  id: 'http',
  version: '1.0.0',
  title: 'HTTP',
  description: 'Calls any web service.',
  icon,
  categories: ['Web'],
  auth,
  connectionConfig,
  operations: [request, newItems, records, sendRecords],
  // What it calls is entered by whoever builds the flow.
  governance: { allowedHosts: ['*'] },
  tier: 'verified',
  async testConnection({ http, signal, connection }) {
    if (connection === undefined) throw new TypeError('A connection is tested without one: the host forgot to hand it over.');
    const url = new URL(testAddress(connection.config));
    const answer = await http.request({ method: 'GET', url: url.href, signal });
    const failed = errorForAnswer(answer);
    // Many services have nothing at their root: only a refusal of the credentials says something about the connection.
    if (failed !== undefined && (failed.kind === 'auth' || failed.kind === 'forbidden' || failed.retryable)) throw failed;
    return `${url.host} answered with status ${answer.status} and did not refuse the credentials.`;
  },
});
