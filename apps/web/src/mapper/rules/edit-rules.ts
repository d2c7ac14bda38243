import { defined } from '@weft/json-schema';
import type { Expression, Loop, MappingDocument, Rule } from '@weft/mapping';
import { each, placedRules, startsWith, type Place } from './places.ts';

/** The rule that fills exactly this place. For the items of a list of plain values, see `itemExpressionAt`. */
export function ruleAt(document: MappingDocument | undefined, place: Place): Rule | undefined {
  return placedRules(document).find((placed) => samePlaces(placed.place, place))?.rule;
}

/** What fills a place: a rule's value, or what a loop gives for each item of a list of plain values. */
export function expressionAt(document: MappingDocument | undefined, place: Place): { ruleId: string; expression: Expression } | undefined {
  const own = ruleAt(document, place);
  if (own?.value && !own.forEach) return { ruleId: own.id, expression: own.value };
  if (place.at(-1) !== each) return undefined;
  const list = ruleAt(document, place.slice(0, -1));
  return list?.forEach && list.value ? { ruleId: list.id, expression: list.value } : undefined;
}

/**
 * Fills a place with an expression; undefined takes the rule away. Rules above or below the place would fill it twice, so
 * they go. Inside a list that no loop fills yet, nothing changes: make the loop first.
 */
export function setExpression(document: MappingDocument, place: Place, expression: Expression | undefined): MappingDocument {
  const id = nextRuleId(document);
  return { ...document, rules: setIn(document.rules, place, expression, id) };
}

function setIn(rules: Rule[], place: Place, expression: Expression | undefined, id: string): Rule[] {
  const at = place.indexOf(each);
  if (at < 0) return setHere(rules, place, expression, id);
  const list = place.slice(0, at);
  const rest = place.slice(at + 1);
  return rules.map((rule) => {
    if (!rule.forEach || !samePlaces(rule.to, list)) return rule;
    if (rest.length > 0) {
      const { value: _value, ...others } = rule;
      return { ...others, rules: setIn(rule.rules ?? [], rest, expression, id) };
    }
    const { value: _value, rules: inner, ...others } = rule;
    return expression ? { ...others, value: expression } : { ...others, rules: inner ?? [] };
  });
}

function setHere(rules: Rule[], to: Place, expression: Expression | undefined, id: string): Rule[] {
  const old = rules.find((rule) => samePlaces(rule.to, to));
  if (!expression) return rules.filter((rule) => rule !== old);
  if (old) {
    const { forEach: _loop, rules: _inner, ...others } = old;
    return withoutRivals(rules, to, old).map((rule) => (rule === old ? { ...others, value: expression } : rule));
  }
  return [...withoutRivals(rules, to), { id, to: [...to], value: expression }];
}

/** Fills a list with a loop, or changes the loop that is there; what is inside stays. */
export function setLoop(document: MappingDocument, list: Place, loop: Loop, value?: Expression): MappingDocument {
  const id = nextRuleId(document);
  const put = (rules: Rule[], place: Place): Rule[] => {
    const at = place.indexOf(each);
    if (at >= 0) {
      return rules.map((rule) =>
        rule.forEach && samePlaces(rule.to, place.slice(0, at)) ? { ...rule, rules: put(rule.rules ?? [], place.slice(at + 1)) } : rule,
      );
    }
    const old = rules.find((rule) => samePlaces(rule.to, place));
    const body = value ? { value } : old?.forEach ? defined({ value: old.value, rules: old.rules }) : { rules: [] };
    const next: Rule = defined({ id: old?.id ?? id, to: [...place], label: old?.label || undefined, when: old?.when, forEach: loop, ...body });
    const others = withoutRivals(rules, place, old);
    return old ? others.map((rule) => (rule === old ? next : rule)) : [...others, next];
  };
  return { ...document, rules: put(document.rules, list) };
}

/** Changes one rule wherever it is; undefined takes it away with everything inside. */
export function changeRule(document: MappingDocument, ruleId: string, change: (rule: Rule) => Rule | undefined): MappingDocument {
  const walk = (rules: Rule[]): Rule[] =>
    rules.flatMap((rule) => {
      if (rule.id === ruleId) return change(rule) ?? [];
      if (!rule.rules) return rule;
      const inner = walk(rule.rules);
      return inner.length === rule.rules.length && inner.every((one, index) => one === rule.rules?.[index]) ? rule : { ...rule, rules: inner };
    });
  return { ...document, rules: walk(document.rules) };
}

/** A rule's text beside its value; empty values take the key away. */
export function patchRule(document: MappingDocument, ruleId: string, patch: Partial<Omit<Rule, 'id' | 'to'>>): MappingDocument {
  return changeRule(document, ruleId, (rule) => {
    const merged = Object.entries({ ...rule, ...patch }).filter(([, value]) => value !== undefined && value !== '');
    return Object.fromEntries(merged) as unknown as Rule; // Only keys of a rule went in, and id and to are among them.
  });
}

/** `r1`, `r2` …: the next one that is free in the whole document. */
export function nextRuleId(document: MappingDocument): string {
  const numbers = placedRules(document).map(({ rule }) => Number(/^r(\d+)$/.exec(rule.id)?.[1] ?? 0));
  return `r${Math.max(0, ...numbers) + 1}`;
}

/** A name for a list's items that reads well and is free: `line_items` → `lineItem`. */
export function loopName(list: Place, taken: ReadonlySet<string>): string {
  const last = list.findLast((segment) => segment !== each) ?? 'item';
  const words = last.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const camel = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('');
  const single = singular(/^\p{L}/u.test(camel) ? camel : 'item');
  if (!taken.has(single)) return single;
  let number = 2;
  while (taken.has(`${single}${number}`)) number += 1;
  return `${single}${number}`;
}

function singular(word: string): string {
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/i.test(word)) return word;
  if (/(xes|ches|shes|sses)$/i.test(word)) return word.slice(0, -2);
  return /s$/i.test(word) && word.length > 3 ? word.slice(0, -1) : word === 'items' ? 'item' : word;
}

function withoutRivals(rules: Rule[], to: Place, self?: Rule): Rule[] {
  return rules.filter((rule) => rule === self || !(startsWith(rule.to, to) || startsWith(to, rule.to)));
}

const samePlaces = (a: Place, b: Place): boolean => a.length === b.length && startsWith(a, b);
