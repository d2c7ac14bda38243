import { describeConnector } from '@weft/connector-sdk/conformance';
import manual from './index.ts';

describeConnector(manual);
