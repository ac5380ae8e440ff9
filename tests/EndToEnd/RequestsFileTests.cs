using System.Globalization;
using System.Text.RegularExpressions;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The repository's <c>requests.http</c> does what its titles say.</summary>
public sealed partial class RequestsFileTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    private static readonly Dictionary<string, string> UsualPorts =
        new(ServiceCatalog.Services.Select(static service => KeyValuePair.Create($"http://localhost:{service.RestPort}", service.Name)), StringComparer.Ordinal) { ["http://localhost:8080"] = "Proxy" };

    [Fact]
    public async Task Every_request_is_answered_as_its_title_says()
    {
        var file = RequestsFile.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "requests.http")));
        Assert.True(file.Requests.Count > 20, $"Only {file.Requests.Count} requests were found.");

        foreach (var request in file.Requests)
        {
            var promise = Promise().Match(request.Title);
            Assert.True(promise.Success, $"The title '{request.Title}' promises no answer.");
            var answer = request.Name is null ? await Eventually.Gives(Kept) : await Kept();
            file.Remember(request, answer.Text);

            async Task<Answer> Kept()
            {
                var kept = (await Send(file, request)).Expect(int.Parse(promise.Groups["status"].ValueSpan, CultureInfo.InvariantCulture));
                Assert.Contains(promise.Groups["word"].Value, kept.Text, StringComparison.Ordinal);
                return kept;
            }
        }
    }

    private async Task<Answer> Send(RequestsFile file, RequestsFile.Request request)
    {
        var url = file.Fill(request.Url);
        var (usual, service) = UsualPorts.Single(port => url.StartsWith(port.Key, StringComparison.Ordinal));
        var body = request.Body.Length == 0 ? null : RestClient.Raw(file.Fill(request.Body), request.Headers["Content-Type"]);
        var key = request.Headers.TryGetValue("Idempotency-Key", out var given) ? file.Fill(given) : null;
        return await Fleet.Rest(service).Send(HttpMethod.Parse(request.Method), url[usual.Length..], body, key);
    }

    [GeneratedRegex("→ (?<status>[0-9]{3})( (?<word>\\w+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Promise();
}
