using System.Diagnostics;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>A call being made: its sending, its clock, its outcome.</summary>
abstract partial class ClientCall(GrpcChannel channel, IMethod method, string? host, CallOptions options) : IDisposable
{
    static readonly ActivitySource _activities = new("Grpc.Net.Client");

    readonly CancellationTokenSource _cancel = new();
    Activity? _activity;
    Metadata? _headers;

    public GrpcChannel Channel => channel;

    public CallOptions Options => options;

    /// <summary>Fires when the call is given up, for whatever reason.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>The answer's headers; fails with the outcome.</summary>
    public Task<HttpResponseMessage> Response { get; private set; } = null!;

    public async Task<Metadata> HeadersAsync()
    {
        var response = await Response.ConfigureAwait(false);
        return _headers ??= ResponseChecks.ReadMetadata(response.Headers);
    }

    protected void Start()
    {
        StartClock();
        Response = SendAsync();
    }

    protected abstract HttpContent CreateContent();

    async Task<HttpResponseMessage> SendAsync()
    {
        try
        {
            if (_activities.HasListeners())
            {
                _activity = _activities.StartActivity("Grpc.Net.Client.GrpcOut", ActivityKind.Client);
                _activity?.SetTag("grpc.method", method.FullName);
            }

            using var message = new HttpRequestMessage(HttpMethod.Post, channel.AddressOf(method))
            {
                Version = channel.Options.HttpVersion ?? System.Net.HttpVersion.Version20,
                VersionPolicy = channel.Options.HttpVersionPolicy ?? HttpVersionPolicy.RequestVersionExact,
                Content = CreateContent(),
            };
            message.Headers.Host = host;
            RequestHeaders.Write(message, options, channel.Encodings);
            if (_timeout is { } timeout)
            {
                message.Headers.TryAddWithoutValidation(Headers.Timeout, GrpcTimeout.Format(timeout));
            }

            await RequestHeaders.WriteCredentialsAsync(message, channel, method, options, Token).ConfigureAwait(false);
            Token.ThrowIfCancellationRequested();
            var response = channel.Http is HttpClient client
                ? await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Token).ConfigureAwait(false)
                : await channel.Http.SendAsync(message, Token).ConfigureAwait(false);
            ResponseChecks.Check(response);
            return response;
        }
        catch (Exception exception)
        {
            throw Fail(exception);
        }
    }
}
