import type { JsonObject } from '@weft/json-schema';

/**
 * How a trigger starts runs, as the host needs it: pure data beside the settings that the flow's author fills. The host receives the
 * calls and keeps the clock for every connector alike.
 */
export type TriggerContract = ManualTrigger | WebhookTrigger | ScheduleTrigger | PollingTrigger | SignalTrigger;

export type TriggerStrategy = TriggerContract['strategy'];

/** A person presses Run. */
export interface ManualTrigger {
  strategy: 'manual';
}

/** A system calls the flow's own address. */
export interface WebhookTrigger extends CalledTrigger {
  strategy: 'webhook';
  /** Which calls start a run; others are accepted and forgotten. Default: all. */
  only?: CallFilter;
}

/** Starts runs by the clock. */
export interface ScheduleTrigger extends HostSettings {
  strategy: 'schedule';
}

/** The host asks what is new. */
export interface PollingTrigger {
  strategy: 'polling';
  /** What a person may enter to read again from there, as a number or a date. Absent: only everything can be read again. */
  since?: { title: string; description: string };
}

/** Starts nothing: it ends a wait, and stands in the step that waits. */
export interface SignalTrigger extends CalledTrigger {
  strategy: 'signal';
}

interface HostSettings {
  /** Settings of the host that the connector has decided, complete: they stand in no form and count whatever a flow says. */
  fixed?: JsonObject;
}

interface CalledTrigger extends HostSettings {
  /** Senders whose way of signing is known, by what the setting `verify.by` calls them. */
  senders?: Record<string, Sender>;
  /** Which field of the connection's credentials holds the secret that calls are checked with. Default `secret`. */
  secret?: string;
}

export interface Sender {
  title: string;
  proof: Proof;
  eventId: CallPlace;
  /**
   * What a repeated call is recognised by where neither the event's id nor a time is signed. `signature`, the default: what was signed once
   * counts once. `id`: the sender may send exactly the same for different events, so the id has to be believed.
   */
  repeats?: 'id' | 'signature';
}

/** How a sender proves that a call is its own: with a signature over the raw body, or with the secret itself in a header. */
export type Proof = SignatureForm | { token: { header: string } };

/** A keyed hash (HMAC) over the raw body, in one sender's format. */
export interface SignatureForm {
  /** The header with the signature; lower case. */
  header: string;
  algorithm: 'sha256' | 'sha1' | 'sha512';
  encoding: 'hex' | 'base64';
  /** Stands before the signature: `sha256=`. */
  prefix: string;
  /** Where several signatures stand in the header, one per secret or version: what divides them. One that fits is enough. */
  separator?: ',' | ' ';
  /** What is signed; `{body}`, `{timestamp}` and `{id}` are replaced. */
  signed: string;
  /** Where the time of sending is: a header of its own, or a part `t=` of the signature's header. Old calls are refused. */
  timestamp?: { header: string; part?: string };
  /** The header that `{id}` stands for. */
  idHeader?: string;
  /** How the secret is written down: as it is, or in base64 behind `whsec_`. Default text. */
  secret?: 'text' | 'whsec';
}

/** A place in a call: a header, in lower case, or a field of its body. */
export type CallPlace = { header: string } | { body: string[] };

/** Calls count whose value at this place is among those of a setting. */
export interface CallFilter {
  at: CallPlace;
  /** The setting with the values that count, one text or a list of them. Nothing chosen: all count. */
  setting: string;
}
