namespace Microsoft.AspNetCore.Builder;

/// <summary>How gRPC-Web is admitted.</summary>
public class GrpcWebOptions
{
    /// <summary>Whether services take gRPC-Web unless they say otherwise; by default they do not.</summary>
    public bool DefaultEnabled { get; set; }
}
