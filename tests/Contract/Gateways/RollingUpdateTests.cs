using System.Net;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Tests.Contract.Hosting;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Gateways;

/// <summary>Each replica is replaced in turn while orders are placed without a pause.</summary>
public sealed class RollingUpdateTests
{
    private const int Users = 8;

    [Fact]
    public async Task Not_one_request_is_lost()
    {
        var ports = Enumerable.Range(0, 3).Select(static _ => (Http: FreePort.Next(), Grpc: FreePort.Next())).ToArray();
        var replicas = await Task.WhenAll(ports.Select(Replica));
        await using var gateway = await RunningGateway.With(
            $"--Order:RestAddresses={string.Join(',', ports.Select(Address))}", "--Limits:Client:WritesPerSecond=100000", "--Limits:Client:WritesBurst=100000");
        await Ready(gateway, replicas.Length);
        using var end = new CancellationTokenSource();
        var users = Enumerable.Range(0, Users).Select(_ => Task.Run(() => Order(gateway.Rest, end.Token))).ToArray();

        for (var turn = 0; turn < replicas.Length; turn++)
        {
            await replicas[turn].App.StopAsync();
            await replicas[turn].DisposeAsync();
            replicas[turn] = await Replica(ports[turn]);

            // Whoever takes the next one before this one is back takes more than one at a time.
            await Ready(gateway, replicas.Length);
        }

        await end.CancelAsync();
        var answers = (await Task.WhenAll(users)).SelectMany(static answer => answer).ToList();
        Assert.Equal([HttpStatusCode.Created], answers.Distinct());
        Assert.True(answers.Count > 100, $"Only {answers.Count} requests were made.");
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    private static Task Ready(RunningGateway gateway, int replicas) => Eventually.Holds(async () => Assert.Contains(
        $"fooddelivery_gateway_replicas{{cluster=\"Order\"}} {replicas}\n", await gateway.Stranger.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal));

    private static string Address((int Http, int Grpc) port) => $"http://localhost:{port.Http}";

    private static async Task<List<HttpStatusCode>> Order(HttpClient client, CancellationToken end)
    {
        List<HttpStatusCode> answers = [];
        while (!end.IsCancellationRequested)
        {
            using var answer = await client.PostAsync(new Uri("/orders", UriKind.Relative), new StringContent("{}"), CancellationToken.None);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    private static Task<RunningService> Replica((int Http, int Grpc) port) => RunningService.With(
        static app => app.MapPost("/orders", static async () =>
        {
            await Task.Delay(5);
            return Results.StatusCode(StatusCodes.Status201Created);
        }).AllowWithoutToken(),
        $"--Order:RestPort={port.Http}",
        $"--Order:GrpcPort={port.Grpc}",

        // Hardly longer than from one probe to the next: a replica's own farewell has to do.
        "--Shutdown:DrainDelay=1.2");
}
