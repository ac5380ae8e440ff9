using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Alpha = Grpc.Reflection.V1Alpha;

namespace FoodDelivery.Tests.Grpc;

public class ReflectionOfServices
{
    const string Echo = "fooddelivery.tests.echo.v1.EchoService";

    static Task<EchoServer> StartAsync() => EchoServer.StartAsync(
        services: services => services.AddGrpcReflection(), routes: application => application.MapGrpcReflectionService());

    static async Task<ServerReflectionResponse> AskAsync(EchoServer server, ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        await call.RequestStream.CompleteAsync();
        return call.ResponseStream.Current;
    }

    [Fact]
    public async Task Services_are_listed()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { ListServices = "" });

        Assert.Equal(
            $"{Echo}, grpc.reflection.v1.ServerReflection, grpc.reflection.v1alpha.ServerReflection",
            string.Join(", ", answer.ListServicesResponse.Service.Select(service => service.Name)));
    }

    [Theory]
    [InlineData(Echo)]
    [InlineData($"{Echo}.Say")]
    [InlineData("fooddelivery.tests.echo.v1.SayRequest")]
    [InlineData("fooddelivery.tests.echo.v1.SayRequest.delay_ms")]
    public async Task A_symbol_leads_to_its_file(string symbol)
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { FileContainingSymbol = symbol });

        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal("fooddelivery/tests/echo/v1/echo.proto", file.Name);
        Assert.Equal(symbol, answer.OriginalRequest.FileContainingSymbol);
    }

    [Fact]
    public async Task A_file_comes_with_all_that_it_needs()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { FileByFilename = "fooddelivery/tests/echo/v1/echo.proto" });

        Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(
            "fooddelivery/tests/echo/v1/echo.proto",
            FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto.Reverse())[^1].Name);
    }

    [Fact]
    public async Task What_is_not_known_is_not_found()
    {
        await using var server = await StartAsync();

        foreach (var request in (ServerReflectionRequest[])[
            new() { FileByFilename = "no.proto" },
            new() { FileContainingSymbol = "no.Symbol" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "no.Type", ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "no.Type" }])
        {
            Assert.Equal((int)StatusCode.NotFound, (await AskAsync(server, request)).ErrorResponse.ErrorCode);
        }
    }

    [Fact]
    public async Task A_type_without_extensions_has_none()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { AllExtensionNumbersOfType = "fooddelivery.tests.echo.v1.SayRequest" });

        Assert.Equal("fooddelivery.tests.echo.v1.SayRequest", answer.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(answer.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Older_tools_get_the_same_answers()
    {
        await using var server = await StartAsync();
        using var call = new Alpha.ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new Alpha.ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext());

        Assert.Contains(call.ResponseStream.Current.ListServicesResponse.Service, service => service.Name.Equals(Echo, StringComparison.Ordinal));
    }
}
