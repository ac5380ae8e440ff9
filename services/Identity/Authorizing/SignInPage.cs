using System.Net;
using System.Text;
using FoodDelivery.Services.Identity.Clients;

namespace FoodDelivery.Services.Identity.Authorizing;

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
