using FoodDelivery.Services.Local;

return await LocalPlatform.Run(args);
