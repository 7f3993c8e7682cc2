using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mlp.Tables;
using Mlp.Tool.Serving;
using Mlp.Tool.Web;

namespace Mlp.Tool.Tests.Serving;

/// <summary>Real requests over loopback.</summary>
public sealed class PredictionServerTests(ServedModels models)
{
    [Fact]
    public async Task Predict_GivesWhatMlpPredictWrites_ForEveryTask()
    {
        await CheckAgainstCommand(models.Flights, models.TableOf("flights"), "Probability.True",
            prediction => prediction.GetProperty("probabilities").GetProperty("True"));
        await CheckAgainstCommand(models.Flowers, models.TableOf("flowers"), "Probability.iris",
            prediction => prediction.GetProperty("probabilities").GetProperty("iris"));
        await CheckAgainstCommand(models.Prices, models.TableOf("prices"), "Score", prediction => prediction.GetProperty("score"));
        await CheckAgainstCommand(models.Prices, models.TableOf("prices"), "Score.Upper",
            prediction => prediction.GetProperty("intervals")[0].GetProperty("upper"));
    }

    [Fact]
    public async Task Predict_OneRow_IsAnsweredWithOneObject_AndNamesItsModel()
    {
        await using var server = await Start(models.Flights);
        using var content = new StringContent(ServedModels.Flight().ToJsonString(), Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await server.Client.PostAsync("/predict", content, TestContext.Current.CancellationToken);

        JsonElement body = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        JsonElement probabilities = body.GetProperty("probabilities");
        double yes = probabilities.GetProperty("True").GetDouble(), no = probabilities.GetProperty("False").GetDouble();
        Assert.Equal(1, yes + no, 6);
        Assert.Equal(yes > 0.5 ? "True" : "False", body.GetProperty("predictedLabel").GetString());
        string? fingerprint = (await server.Get("/health")).GetProperty("fingerprint").GetString();
        Assert.Equal(fingerprint, response.Headers.GetValues("Model-Fingerprint").Single());
    }

    [Fact]
    public async Task Predict_NamesCategoriesThatTrainingDidNotSee()
    {
        await using var server = await Start(models.Flights);
        JsonObject row = ServedModels.Flight();
        row["tail"] = "never seen";

        (int status, JsonElement body) = await server.Post("/predict", row.ToJsonString());

        Assert.Equal(200, status);
        Assert.Equal("tail", Assert.Single(body.GetProperty("unknownCategories").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Predict_WrongRows_NamesColumnValueAndWhatWasExpected()
    {
        await using var server = await Start(models.Flights);
        JsonElement problem = await server.Refused(
            400, "/predict",
            """[{"distance":1,"temperature":2,"tail":"N1","remark":""},{"distance":"far","temperature":3,"remark":7,"x":1}]""");

        Assert.Equal(
            "Row 2, column 'distance' is \"far\"; expected is a number, or null for a missing value. There are 3 more errors.",
            problem.GetProperty("detail").GetString());
        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.Equal(["/1/distance", "/1/remark", "/1/x", "/1/tail"], errors.Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal("\"far\"", errors[0].GetProperty("value").GetString());
        Assert.Equal("a text, or null for a missing value", errors[1].GetProperty("expected").GetString());
        Assert.Contains("it takes distance, temperature, tail, remark", errors[2].GetProperty("detail").GetString());
        Assert.Equal(JsonValueKind.Null, errors[3].GetProperty("value").ValueKind);
        Assert.Equal(0, server.Server.Metrics.RowCount);
    }

    [Fact]
    public async Task Explain_AddsUpToTheScore_ByColumnsOfTheTable()
    {
        foreach ((string model, string row, string[] columns) in ((string, string, string[])[])
        [
            (models.Flights, ServedModels.Flight().ToJsonString(), ["distance", "remark", "tail", "temperature"]),
            (models.Prices, """{"area":80.5,"district":"B","sold on":"2019-05-06"}""", ["area", "district", "sold on"]),
            (models.Flowers, $"{{{string.Join(",", Enumerable.Range(1, 10).Select(index => $"\"m{index}\":0.5"))}}}",
                ["m1", "m10", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"]),
        ])
        {
            await using var server = await Start(model);
            (int status, JsonElement body) = await server.Post("/explain", $"[{row}]");

            Assert.Equal(200, status);
            JsonElement explanation = body[0].GetProperty("explanation");
            var contributions = explanation.GetProperty("contributions").EnumerateArray().ToDictionary(
                each => each.GetProperty("column").GetString()!, each => each.GetProperty("contribution").GetDouble());
            Assert.Equal(columns, contributions.Keys.Order(StringComparer.Ordinal));
            double from = explanation.GetProperty("baselineScore").GetDouble(), to = explanation.GetProperty("score").GetDouble();
            double size = contributions.Values.Sum(Math.Abs);
            Assert.Equal(to - from, contributions.Values.Sum(), 1e-3 * size + 1e-6);
        }
    }

    [Fact]
    public async Task OpenApi_DescribesTheRows_AndItsExampleIsPredicted()
    {
        foreach (string model in (string[])[models.Flights, models.Prices, models.Flowers])
        {
            await using var server = await Start(model);
            JsonElement document = await server.Get("/openapi.json");

            Assert.StartsWith("3.1", document.GetProperty("openapi").GetString());
            JsonElement schemas = document.GetProperty("components").GetProperty("schemas"), row = schemas.GetProperty("Row");
            string[] names = [.. server.Store.Now.Model.Fields.Select(field => field.Name)];
            Assert.Equal(names, row.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
            Assert.Equal(names, row.GetProperty("properties").EnumerateObject().Select(property => property.Name));
            // Every reference leads somewhere.
            foreach (string reference in document.GetRawText().Split("\"$ref\":\"").Skip(1).Select(text => text[..text.IndexOf('"')]))
                Assert.True(schemas.TryGetProperty(reference["#/components/schemas/".Length..], out _), reference);

            (int status, JsonElement prediction) = await server.Post("/predict", row.GetProperty("examples")[0].GetRawText());
            Assert.Equal(200, status);
            foreach (JsonElement name in schemas.GetProperty("Prediction").GetProperty("required").EnumerateArray())
                Assert.True(prediction.TryGetProperty(name.GetString()!, out _), name.GetString());
        }
    }

    [Fact]
    public async Task Metrics_CountRequestsAndRows_AsPrometheusReadsThem()
    {
        await using var server = await Start(models.Flights);
        await server.Post("/predict", $"[{ServedModels.Flight().ToJsonString()},{ServedModels.Flight(1).ToJsonString()}]");
        await server.Refused(400, "/predict", "[]");
        await server.Refused(404, "/no/such/path", "{}");

        string text = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("mlp_requests_total{route=\"/predict\",status=\"200\"} 1", lines);
        Assert.Contains("mlp_requests_total{route=\"/predict\",status=\"400\"} 1", lines);
        Assert.Contains("mlp_requests_total{route=\"other\",status=\"404\"} 1", lines);
        Assert.Contains("mlp_request_duration_seconds_count{route=\"/predict\"} 2", lines);
        Assert.Contains("mlp_request_duration_seconds_bucket{route=\"/predict\",le=\"+Inf\"} 2", lines);
        Assert.Contains("mlp_rows_total 2", lines);
        // A name, perhaps labels, a number; or a comment.
        const string Form = """^(# (HELP|TYPE) mlp_\w+ .+|mlp_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.eE+-]+)$""";
        Assert.All(lines, line => Assert.Matches(Form, line));
    }

    [Fact]
    public async Task Health_NamesTheModel()
    {
        await using var server = await Start(models.Prices);
        JsonElement health = await server.Get("/health");
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal("price", health.GetProperty("label").GetString());
        Assert.Equal(1, health.GetProperty("loads").GetInt32());
        Assert.Equal(JsonValueKind.Null, health.GetProperty("lastError").ValueKind);
    }

    [Fact]
    public async Task Limits_AreKept_AndSayWhichOptionMovesThem()
    {
        var settings = new ServeSettings { ModelPath = models.Flights, MostRows = 2, MostExplainedRows = 1 };
        await using var server = await RunningServer.Start(settings, new LocalServerSettings { MostBodyBytes = 2000 });
        string row = ServedModels.Flight().ToJsonString();

        Assert.Contains("--max-rows", Detail(await server.Refused(400, "/predict", $"[{row},{row},{row}]")));
        Assert.Contains("a request may have 1", Detail(await server.Refused(400, "/explain", $"[{row},{row}]")));
        Assert.Contains("--max-body", Detail(await server.Refused(413, "/predict", new string(' ', 2000) + row)));
        // Without a stated length.
        var request = new HttpRequestMessage(HttpMethod.Post, "/predict")
        {
            Content = new StreamContent(new UnseekableStream(Encoding.UTF8.GetBytes(new string(' ', 3000) + row))),
        };
        request.Content.Headers.ContentType = new("application/json");
        Assert.Contains("--max-body", Detail(await server.Refused(413, request)));
    }

    [Fact]
    public async Task Timeout_EndsARequest_WithAProblem()
    {
        var settings = new ServeSettings { ModelPath = models.Flights, TimeOfRequest = TimeSpan.Zero };
        await using var server = await RunningServer.Start(settings);
        (int status, JsonElement body) = await server.Post("/predict", ServedModels.Flight().ToJsonString());
        Assert.True(status == 503, body.GetRawText() + server.Messages);
        Assert.Contains("--timeout", Detail(body));
    }

    [Fact]
    public async Task Answer_OtherMethodsTypesAndHosts_AreRefused()
    {
        await using var server = await Start(models.Flights);
        JsonElement method = await server.Refused(405, new HttpRequestMessage(HttpMethod.Get, "/predict"));
        Assert.Contains("answers to POST", Detail(method));
        var text = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
        Assert.Contains("text/plain", Detail(await server.Refused(415, text)));
        var packed = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = JsonContent("{}") };
        packed.Content.Headers.ContentEncoding.Add("gzip");
        Assert.Contains("gzip", Detail(await server.Refused(415, packed)));
        var foreign = new HttpRequestMessage(HttpMethod.Get, "/health");
        foreign.Headers.Host = "attacker.example";
        Assert.Contains("attacker.example", Detail(await server.Refused(421, foreign)));
        Assert.Equal("", server.Messages);
    }

    [Fact]
    public async Task Form_WrongValue_IsSaidBesideTheField_AndNothingGivenIsLost()
    {
        await using var server = await Start(models.Flights);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["c0"] = "<far>", ["c3"] = "snow & \"fog\"" });

        using HttpResponseMessage response = await server.Client.PostAsync("/", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("expected is a number, or null for a missing value", page);
        Assert.Contains("value=\"&lt;far&gt;\"", page);
        Assert.Contains("value=\"snow &amp; &quot;fog&quot;\"", page);
    }

    private static string Detail(JsonElement problem) => problem.GetProperty("detail").GetString()!;

    private static StringContent JsonContent(string json) => new(json, Encoding.UTF8, "application/json");

    private static Task<RunningServer> Start(string model) => RunningServer.Start(new ServeSettings { ModelPath = model });

    /// <summary>Sends every row of a table, and compares with the file that mlp predict writes.</summary>
    private async Task CheckAgainstCommand(string model, string data, string column, Func<JsonElement, JsonElement> read)
    {
        string scored = models.PathOf("scored.csv");
        ToolRun.Json("predict", model, data, "--out", scored);
        await using var server = await Start(model);
        TableDescription table = TableFile.Inspect(scored, new TableOptions { HasHeader = true });
        string[][] rows = [.. TableFile.ReadRows(table)];
        int place = table.Columns.Single(each => each.Name == column).Index;

        (int status, JsonElement answer) = await server.Post(
            "/predict", new JsonArray([.. rows.Select(row => (JsonNode)RowOf(server.Store.Now.Model, table, row))]).ToJsonString());

        Assert.True(status == 200, answer.GetRawText());
        float[] expected = [.. rows.Select(row => float.Parse(row[place], CultureInfo.InvariantCulture))];
        Assert.Equal(expected, answer.EnumerateArray().Select(prediction => read(prediction).GetSingle()));
        // One row goes another way through the model, to the same bits.
        for (int row = 0; row < 5; row++)
        {
            (_, JsonElement single) = await server.Post("/predict", RowOf(server.Store.Now.Model, table, rows[row]).ToJsonString());
            Assert.Equal(expected[row], read(single).GetSingle());
        }
    }

    private static JsonObject RowOf(ServedModel model, TableDescription table, string[] row) => new(model.Fields.Select(field =>
    {
        string text = row[table.Columns.Single(column => column.Name == field.Name).Index];
        JsonNode? value = text.Length == 0 ? null
            : field.Kind == FieldKind.Number ? double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture) : text;
        return KeyValuePair.Create(field.Name, value);
    }));

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
