import { describeConnector } from '@weft/connector-sdk/conformance';
import schedule from './index.ts';

describeConnector(schedule);
