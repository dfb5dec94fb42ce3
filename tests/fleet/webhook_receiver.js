// What the official library makes of an event: JSON {secret, headers, body} in, "verified" or "refused" out.
const { Webhook, WebhookVerificationError } = require("standardwebhooks");

const event = JSON.parse(require("fs").readFileSync(0, "utf8"));
try {
  new Webhook(event.secret).verify(event.body, event.headers);
  console.log("verified");
} catch (error) {
  if (!(error instanceof WebhookVerificationError)) throw error;
  console.log("refused");
}
