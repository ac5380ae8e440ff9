using System.Net;
using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Services.Identity;

/// <summary>Signing somebody in, for a program on a phone or in a browser: authorization code with PKCE.</summary>
internal static class AuthorizationRoutes
{
    public const string Path = "/connect/authorize";

    public static void MapAuthorization(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Ask).WithTags("Tokens").WithSummary("A page that asks who signs in").AllowWithoutToken();
        routes.MapPost(Path, Choose).WithTags("Tokens").WithSummary("Somebody was chosen; the answer goes to redirect_uri").AllowWithoutToken();
    }

    private static IResult Ask(HttpContext context, IdentitySettings settings)
    {
        var asked = AuthorizationRequest.Of(name => context.Request.Query[name]);
        if (Refusal(asked, settings) is { } refusal)
            return refusal;

        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        return Results.Content(SignInPage.For(asked, settings.Users), "text/html; charset=utf-8");
    }

    private static async Task<IResult> Choose(HttpContext context, IdentitySettings settings, Codes codes)
    {
        if (!context.Request.HasFormContentType)
            return Error.Invalid("body", "The body must be a form.").ToProblem();

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = AuthorizationRequest.Of(name => form[name]);
        if (Refusal(asked, settings) is { } refusal)
            return refusal;

        return settings.Users.FirstOrDefault(one => one.Id == form["user"]) is { } user
            ? Back(asked, settings, ("code", codes.Give(asked, user)))
            : Back(asked, settings, ("error", "access_denied"), ("error_description", "There is no such user."));
    }

    // Whoever is not trusted gets no redirect, or this would lead people anywhere.
    private static IResult? Refusal(AuthorizationRequest asked, IdentitySettings settings)
    {
        if (asked.Untrusted() is { } untrusted)
            return Error.Invalid(untrusted.StartsWith("client_id", StringComparison.Ordinal) ? "client_id" : "redirect_uri", untrusted).ToProblem();

        return asked.Validate() is { } flaw ? Back(asked, settings, ("error", flaw.Error), ("error_description", flaw.Description)) : null;
    }

    private static SeeOther Back(AuthorizationRequest asked, IdentitySettings settings, params ReadOnlySpan<(string Name, string Value)> answer)
    {
        var query = new QueryBuilder { { "iss", settings.Issuer } };
        foreach (var (name, value) in answer)
            query.Add(name, value);

        if (!string.IsNullOrEmpty(asked.State))
            query.Add("state", asked.State);

        var separator = asked.RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return new SeeOther(asked.RedirectUri + separator + query.ToQueryString().Value![1..]);
    }

    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}

/// <summary>The page that asks who one wants to be.</summary>
internal static class SignInPage
{
    public static string For(AuthorizationRequest asked, IEnumerable<DemoUser> users)
    {
        var page = new StringBuilder(
            """
            <!doctype html>
            <html lang="ko">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title></head>
            <body>
            <h1>누구로 들어갈까요? Who are you?</h1>
            <p>Development only: nobody has a password.</p>
            <form method="post">

            """);
        foreach (var (name, value) in asked.Fields())
            page.Append($"<input type=\"hidden\" name=\"{name}\" value=\"{WebUtility.HtmlEncode(value)}\">\n");

        foreach (var user in users)
            page.Append($"<p><button name=\"user\" value=\"{WebUtility.HtmlEncode(user.Id)}\">{WebUtility.HtmlEncode(user.Name)} · {user.Role}</button></p>\n");

        return page.Append("</form>\n</body>\n</html>\n").ToString();
    }
}
