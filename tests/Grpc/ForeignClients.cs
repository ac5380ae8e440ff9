using System.Text.Json.Nodes;
using FoodDelivery.Tests.Grpc.Echo;
using FoodDelivery.Tests.Support.Programs;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FoodDelivery.Tests.Grpc;

/// <summary>Clients of other makers understand the server.</summary>
public class ForeignClients
{
    const string Python = "/usr/bin/python3";

    static readonly JsonNode _refusal = JsonNode.Parse("""["FAILED_PRECONDITION", "이미 닫힘 100%\n🍕"]""")!;

    static string Descriptors => Convert.ToBase64String(
        new FileDescriptorSet { File = { FileDescriptorProto.Parser.ParseFrom(EchoReflection.Descriptor.SerializedData) } }.ToByteArray());

    static string Client(string file) => Path.Combine(NodeModules.Folder, file);

    static async Task<JsonNode> SeenBy(string program, params string[] arguments)
    {
        var run = await OutsideProgram.RunAsync(program, arguments);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonNode.Parse(run.Output)!;
    }

    [NeedsPrograms($"{Python}:grpc")]
    public async Task Grpcio_calls_every_kind_of_method()
    {
        await using var server = await EchoServer.StartAsync();

        var seen = await SeenBy(Python, Client("client.py"), server.Http2.Authority, Descriptors);

        AssertAnswers(seen);
        Assert.True((bool)seen["compressed"]!);
        AssertSame(new JsonArray((string)_refusal[0]!, (string)_refusal[1]!, "closed"), seen["refusal"]!["code"], seen["refusal"]!["details"], seen["refusal"]!["trailers"]!["reason"]);
        AssertSame("[1,2,250]", seen["refusal"]!["trailers"]!["detail-bin"]);
        Assert.Equal("RESOURCE_EXHAUSTED", (string)seen["stream_refusal"]!["code"]!);
        Assert.Equal(("UNKNOWN", "Exception was thrown by handler."), ((string)seen["crash"]!["code"]!, (string)seen["crash"]!["details"]!));
        Assert.Equal("DEADLINE_EXCEEDED", (string)seen["deadline"]!["code"]!);
        Assert.Equal("UNIMPLEMENTED", (string)seen["unknown"]!["code"]!);
        await server.Observed.Cancelled;
    }

    [NeedsPrograms("node", "npm")]
    public async Task Grpc_js_calls_every_kind_of_method()
    {
        await NodeModules.InstallAsync();
        await using var server = await EchoServer.StartAsync();

        var seen = await SeenBy("node", Client("client.mjs"), server.Http2.Authority, Descriptors);

        AssertAnswers(seen);
        AssertSame(
            new JsonArray((string)_refusal[0]!, (string)_refusal[1]!, "closed", "[1,2,250]"),
            seen["refusal"]!["code"], seen["refusal"]!["details"], seen["refusal"]!["reason"], seen["refusal"]!["detail"]!.ToJsonString());
        Assert.Equal("RESOURCE_EXHAUSTED", (string)seen["stream_refusal"]!["code"]!);
        Assert.Equal("DEADLINE_EXCEEDED", (string)seen["deadline"]!["code"]!);
    }

    [NeedsPrograms("node", "npm", "chromium")]
    public async Task A_page_of_another_origin_calls_by_grpc_web()
    {
        await NodeModules.InstallAsync();
        await using var server = await EchoServer.StartAsync(
            services: services => services.AddCors(options => options.AddDefaultPolicy(policy =>
                policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("grpc-status", "grpc-message", "reason"))),
            pipeline: application =>
            {
                application.UseRouting();
                application.UseCors();
                application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
            });

        var seen = await BrowserPage.ShowAsync(new { address = server.Http1, descriptors = Descriptors });

        Assert.Null(seen["failed"]);
        Assert.Equal("안녕 🍜", (string)seen["unary"]!);
        AssertSame("[1,2,3,4,5]", seen["server_stream"]);
        AssertSame("""{"code":"FailedPrecondition","details":"이미 닫힘 100%\n🍕","reason":"closed"}""", seen["refusal"]);
        AssertSame("""{"code":"ResourceExhausted","details":"enough","reason":"tired"}""", seen["stream_refusal"]);
        Assert.Equal("DeadlineExceeded", (string)seen["deadline"]!["code"]!);
    }

    // Its loader is what tells a Linux on x64, for which alone buf is among the clients' packages.
    [NeedsPrograms("node", "npm", "/lib64/ld-linux-x86-64.so.2")]
    public async Task Buf_curl_finds_the_way_by_reflection()
    {
        await NodeModules.InstallAsync();
        await using var server = await EchoServer.StartAsync(
            services: services => services.AddGrpcReflection(), routes: application => application.MapGrpcReflectionService());

        var seen = await SeenBy(
            Client("node_modules/@bufbuild/buf-linux-x64/bin/buf"),
            "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--data", """{"text": "curled"}""", new Uri(server.Http2, RawGrpc.Say).ToString());

        Assert.Equal("curled", (string)seen["text"]!);
    }

    static void AssertAnswers(JsonNode seen)
    {
        Assert.Equal("안녕 🍜", (string)seen["unary"]!);
        AssertSame("[1,2,3,4,5]", seen["server_stream"]);
        Assert.Equal("a b", (string)seen["client_stream"]!);
        AssertSame("""["p","q"]""", seen["duplex"]);
    }

    static void AssertSame(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    static void AssertSame(JsonArray expected, params JsonNode?[] actual) =>
        Assert.Equal(expected.Select(node => (string)node!), actual.Select(node => (string)node!));
}
