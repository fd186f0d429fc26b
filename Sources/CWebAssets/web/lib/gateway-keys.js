// Keys of programs in words, and how programs use them. No DOM.

import { fullTime, when } from './format.js';

/** Names of models as people list them: "default, small" → ["default", "small"]. */
export function modelsOf(text) {
  return [...new Set(text.split(/[,\n]/).map(name => name.trim()).filter(Boolean))];
}

/** Whether a key lets nobody in any more: `revoked`, `expired` or null. */
export function endOf({ revokedAt, expiresAt }, now = new Date()) {
  if (revokedAt) return 'revoked';
  return expiresAt && new Date(expiresAt) <= now ? 'expired' : null;
}

/** What is said under a key's name. */
export function keyLine({ models, createdAt, lastUsedAt, expiresAt, revokedAt }, now = new Date()) {
  const may = models.length ? models.join(', ') : 'every model';
  const used = lastUsedAt ? `used ${when(lastUsedAt, now)}` : 'not used lately';
  const end = revokedAt ? `revoked ${when(revokedAt, now)}` : expiresAt
    ? `${new Date(expiresAt) <= now ? 'expired' : 'expires'} ${when(expiresAt, now)}` : 'never expires';
  return [may, `made ${when(createdAt, now)}`, used, end].join(' · ');
}

/** The same with all times whole, for a title. */
export function keyTitle({ createdAt, lastUsedAt }) {
  return `Made ${fullTime(createdAt)}${lastUsedAt ? `; last used ${fullTime(lastUsedAt)}` : ''}`;
}

/** Programs that ask through the gateway at `origin`: `[[name, text]]`. */
export function examples(origin, secret, model = 'default') {
  return [
    ['OpenAI', [
      'from openai import OpenAI', '',
      `client = OpenAI(base_url="${origin}/v1", api_key="${secret}")`,
      'answer = client.chat.completions.create(',
      `    model="${model}", messages=[{"role": "user", "content": "Well met."}])`,
      'print(answer.choices[0].message.content)',
    ].join('\n')],
    ['Anthropic', [
      'from anthropic import Anthropic', '',
      `client = Anthropic(base_url="${origin}", api_key="${secret}")`,
      'answer = client.messages.create(',
      `    model="${model}", max_tokens=200, messages=[{"role": "user", "content": "Well met."}])`,
      'print(answer.content[0].text)',
    ].join('\n')],
    ['curl', [
      `curl ${origin}/v1/chat/completions \\`,
      `  -H "Authorization: Bearer ${secret}" -H "Content-Type: application/json" \\`,
      `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Well met."}]}'`,
    ].join('\n')],
  ];
}
