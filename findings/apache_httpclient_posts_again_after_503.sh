#!/usr/bin/env bash
# A shop posts an order with Apache's HttpClient as it comes, and the server answers 503 or 429.
# Version: httpclient5 5.6.5.
# Expected: the caller gets the 503. A POST is not idempotent, and the client does not repeat it.
# Seen: the client waits for a second (or for Retry-After) and posts the order again; the server has two. Its rule "only what is
# idempotent" holds for broken connections, not for these two statuses. A 500 is not repeated. Off: disableAutomaticRetries().
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'END'
<project><modelVersion>4.0.0</modelVersion><groupId>none</groupId><artifactId>none</artifactId><version>1</version>
<dependencies><dependency><groupId>org.apache.httpcomponents.client5</groupId><artifactId>httpclient5</artifactId>
<version>5.6.5</version></dependency></dependencies></project>
END
mvn -B -q -f "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/libs" </dev/null
cat >"$work/Post.java" <<'END_OF_PROGRAM'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.StringEntity;

public class Post {
    static void post(int status, boolean retries) throws Exception {
        AtomicInteger orders = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/orders", exchange -> {
            exchange.getRequestBody().readAllBytes();
            orders.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        var builder = HttpClients.custom();
        if (!retries)
            builder.disableAutomaticRetries();
        try (var client = builder.build()) {
            HttpPost post = new HttpPost("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");
            post.setEntity(new StringEntity("{\"item\":\"book\"}"));
            int code = client.execute(post, answer -> answer.getCode());
            System.out.printf("%d%s: the caller got %d, orders that arrived %d%n", status, retries ? "" : " without retries", code,
                    orders.get());
        }
        server.stop(0);
    }

    public static void main(String[] arguments) throws Exception {
        post(500, true);
        post(503, true);
        post(429, true);
        post(503, false);
    }
}
END_OF_PROGRAM
seen=$(java -cp "$work/libs/*" "$work/Post.java" 2>/dev/null)
echo "$seen"
[ "$seen" = '500: the caller got 500, orders that arrived 1
503: the caller got 503, orders that arrived 2
429: the caller got 429, orders that arrived 2
503 without retries: the caller got 503, orders that arrived 1' ] || { echo "it behaves otherwise now" >&2; exit 1; }
echo "as described"
