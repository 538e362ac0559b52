// A certified OpenID Connect provider on this machine. Its one argument is a JSON object:
//   "claims_in_id_token"   e-mail and names stand in the ID token; otherwise in UserInfo only
//   "tls"                  the folder of `key.pem` and `certificate.pem`; without it, plain HTTP
// It prints its port, and ends with its standard input. Whoever types `ada` as the login is Ada;
// any password will do. The pages are the development pages of the library.

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import process from 'node:process';

import { Provider } from 'oidc-provider';

// The library remarks on this and that; standard output says the port alone.
console.info = console.error;

const options = JSON.parse(process.argv[2] ?? '{}');

const accounts = {
  ada: {
    email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace', locale: 'en',
  },
  grace: {
    email: 'grace@example.com', email_verified: true, name: 'Grace Hopper', given_name: 'Grace', family_name: 'Hopper', locale: 'de-AT',
  },
  mallory: { email: 'mallory@example.com', email_verified: false, name: 'Mallory' },
};

// A native application may use any port of a loopback redirect (RFC 8252, section 7.3).
const client = (client_id, more) => ({
  client_id,
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback', 'http://[::1]/callback'],
  grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
  response_types: ['code'],
  ...more,
});
const client_secret = 'correct horse battery staple & 100% more';

const jwk = (type, parameters, kid) => ({
  ...generateKeyPairSync(type, parameters).privateKey.export({ format: 'jwk' }), kid, use: 'sig',
});

const configuration = {
  clients: [
    client('public', { token_endpoint_auth_method: 'none' }),
    client('basic', { token_endpoint_auth_method: 'client_secret_basic', client_secret }),
    client('post', { token_endpoint_auth_method: 'client_secret_post', client_secret, id_token_signed_response_alg: 'ES256' }),
    client('signed', { token_endpoint_auth_method: 'none', userinfo_signed_response_alg: 'ES256' }),
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name', 'locale'] },
  conformIdTokenClaims: !options.claims_in_id_token,
  findAccount: (_, id) => Object.hasOwn(accounts, id) && {
    accountId: id, claims: () => ({ sub: id, ...accounts[id] }),
  },
  features: { deviceFlow: { enabled: true }, jwtUserinfo: { enabled: true } },
  jwks: { keys: [jwk('rsa', { modulusLength: 2048 }, 'rsa'), jwk('ec', { namedCurve: 'P-256' }, 'ec')] },
  cookies: { keys: ['only for tests'] },
};

const server = options.tls
  ? https.createServer({ key: readFileSync(`${options.tls}/key.pem`), cert: readFileSync(`${options.tls}/certificate.pem`) })
  : http.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`, configuration);
  server.on('request', provider.callback());
  process.stdout.write(`${port}\n`);
});

process.stdin.resume().on('end', () => process.exit());
