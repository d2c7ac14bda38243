import type { MappingDocument, Rule } from './document.ts';

/** The document with one rule changed, wherever it stands; undefined takes the rule away. */
export function editRule(document: MappingDocument, ruleId: string, change: (rule: Rule) => Rule | undefined): MappingDocument {
  return { ...document, rules: editRules(document.rules, ruleId, change) };
}

function editRules(rules: readonly Rule[], ruleId: string, change: (rule: Rule) => Rule | undefined): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.id === ruleId) return change(rule) ?? [];
    return rule.rules ? { ...rule, rules: editRules(rule.rules, ruleId, change) } : rule;
  });
}
