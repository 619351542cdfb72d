package org.skep.cluster.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the master tells of the cluster on its web page, in the form for programs. */
final class MasterPage {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A worker that the master knows. */
    record Worker(String address, String state, int cores, int coresUsed, long megabytes) {}

    /**
     * The cluster as the master sees it.
     *
     * @param applications names of those that run
     */
    record Seen(String url, List<Worker> workers, List<String> applications) {
        long alive() {
            return workers.stream().filter(worker -> worker.state.equals("ALIVE")).count();
        }
    }

    private MasterPage() {}

    /**
     * Asks the master.
     *
     * @throws IOException when it does not answer
     */
    static Seen ask(String host, int webPort) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://%s:%d/json/".formatted(host, webPort)))
                        .timeout(PATIENCE)
                        .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newBuilder()
                            .connectTimeout(PATIENCE)
                            .build()
                            .send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the master answers with " + response.statusCode());
            }
            return seen(new ObjectMapper().readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Seen seen(JsonNode json) {
        List<Worker> workers = new ArrayList<>();
        for (JsonNode worker : json.path("workers")) {
            workers.add(
                    new Worker(
                            worker.path("host").asText() + ":" + worker.path("port").asInt(),
                            worker.path("state").asText(),
                            worker.path("cores").asInt(),
                            worker.path("coresused").asInt(),
                            worker.path("memory").asLong()));
        }
        List<String> applications = new ArrayList<>();
        json.path("activeapps").forEach(app -> applications.add(app.path("name").asText()));
        return new Seen(json.path("url").asText(), workers, applications);
    }
}
