import base64, hashlib, hmac, re, time

COVERED = '("@method" "@target-uri" "content-type" "content-digest");'

def is_ours(secret, address, headers, body):
    """Whether an event is from the municipality. The address is the one that you gave."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    parameters = headers["Signature-Input"].removeprefix("belofte=")
    signed = "\n".join([
        '"@method": POST',
        '"@target-uri": ' + address,
        '"content-type": ' + headers["Content-Type"],
        '"content-digest": ' + headers["Content-Digest"],
        '"@signature-params": ' + parameters,
    ])
    right = base64.b64encode(hmac.digest(secret.encode(), signed.encode(), "sha256")).decode()
    created = re.search(";created=([0-9]+)", parameters)
    return (
        parameters.startswith(COVERED)
        and hmac.compare_digest(headers["Signature"], "belofte=:" + right + ":")
        and headers["Content-Digest"] == "sha-256=:" + digest + ":"
        and abs(time.time() - int(created.group(1))) < 300
    )
