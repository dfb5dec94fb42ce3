"""What the official library makes of an event: JSON {secret, headers, body} in, "verified" or "refused" out."""

import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

event = json.load(sys.stdin)
try:
    Webhook(event["secret"]).verify(event["body"], event["headers"])
    print("verified")
except WebhookVerificationError:
    print("refused")
