using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Identity;

return await ServiceRunner.Run(() => IdentityService.Build(args));
