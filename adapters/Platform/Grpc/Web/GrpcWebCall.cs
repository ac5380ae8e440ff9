using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FoodDelivery.Platform.GrpcRuntime.Web;

/// <summary>
/// One admitted gRPC-Web request. Its trailers travel as a last frame of the body, and in the text form both bodies are base64;
/// the handlers see none of it.
/// </summary>
sealed class GrpcWebCall : IHttpResponseTrailersFeature, IHttpResponseBodyFeature, IRequestBodyPipeFeature
{
    const byte TrailersFlag = 0x80;

    readonly IHttpResponseBodyFeature _body;
    readonly IHttpResponseTrailersFeature? _trailers;
    readonly IRequestBodyPipeFeature? _request;
    readonly Base64PipeWriter? _text;
    bool _finished;

    GrpcWebCall(HttpContext http)
    {
        ResponseContentType = http.Request.ContentType!;
        _body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _trailers = http.Features.Get<IHttpResponseTrailersFeature>();
        _request = http.Features.Get<IRequestBodyPipeFeature>();
        var isText = ResponseContentType.StartsWith("application/grpc-web-text", StringComparison.OrdinalIgnoreCase);
        _text = isText ? new Base64PipeWriter(_body.Writer) : null;
        Reader = isText ? PipeReader.Create(new Base64Stream(http.Request.BodyReader)) : http.Request.BodyReader;
    }

    public string ResponseContentType { get; }

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    public PipeReader Reader { get; }

    public PipeWriter Writer => _text ?? _body.Writer;

    public Stream Stream => Writer.AsStream(leaveOpen: true);

    public static GrpcWebCall Install(HttpContext http)
    {
        var call = new GrpcWebCall(http);
        http.Features.Set(call);
        http.Features.Set<IHttpResponseTrailersFeature>(call);
        http.Features.Set<IHttpResponseBodyFeature>(call);
        http.Features.Set<IRequestBodyPipeFeature>(call);
        return call;
    }

    public void Remove(HttpContext http)
    {
        http.Features.Set<GrpcWebCall>(null);
        http.Features.Set(_trailers);
        http.Features.Set(_body);
        http.Features.Set(_request);
    }

    /// <summary>Writes the frame of trailers, if the call got as far as to have some.</summary>
    public async Task FinishAsync()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        if (Trailers.Count > 0)
        {
            WriteTrailers();
        }

        _text?.Encode();
        await _body.Writer.FlushAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => _body.StartAsync(cancellationToken);

    public void DisableBuffering() => _body.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await FinishAsync();
        await _body.CompleteAsync();
    }

    void WriteTrailers()
    {
        var lines = new StringBuilder();
        foreach (var (name, values) in Trailers)
        {
            foreach (var value in values)
            {
                lines.Append(name.ToLowerInvariant()).Append(':').Append(value).Append("\r\n");
            }
        }

        var bytes = Encoding.ASCII.GetBytes(lines.ToString());
        var header = Writer.GetSpan(Framing.HeaderLength);
        Framing.WriteHeader(header, bytes.Length, compressed: false);
        header[0] = TrailersFlag;
        Writer.Advance(Framing.HeaderLength);
        Writer.Write(bytes);
    }
}
